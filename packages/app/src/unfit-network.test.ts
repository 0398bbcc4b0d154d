import { cp, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createCommandLine } from "./command-line.fixture.ts";
import { graphsDir, projectDir } from "./places.ts";

const { folder, run: insightgraph, remove } = await createCommandLine();
const place = (...names: string[]): string => path.join(folder, ...names);

beforeAll(async () => {
  const tiny = path.join(projectDir, "test/fixtures/checkpoints/tiny-instruct-pix2pix");
  await cp(path.join(graphsDir, "samples/rabbit-teddy-apple.png"), place("photo.png"));
  for (const name of ["wider", "damaged", "cut"]) {
    await cp(tiny, place(name), { recursive: true });
  }
  const unet = JSON.parse(await readFile(place("wider/unet/config.json"), "utf8"));
  const wider = { ...unet, cross_attention_dim: unet.cross_attention_dim + 1 };
  await writeFile(place("wider/unet/config.json"), JSON.stringify(wider));
  await writeFile(place("damaged/scheduler/scheduler_config.json"), "{");
  const weights = "cut/vae/diffusion_pytorch_model.safetensors";
  await writeFile(place(weights), (await readFile(place(weights))).subarray(0, 5000));
});
afterAll(remove);

test.each([
  ["wider", /^node\.bad-input at sample\.inputs\.model: .*to_k\.weight/],
  ["damaged", /^node\.bad-input at \w+\.params\.checkpoint: .*scheduler_config\.json/],
  ["cut", /^node\.bad-input at vae\.params\.checkpoint: .*diffusion_pytorch_model\.safetensors/],
])("edit with a %s checkpoint: code 2, one line at the node's own place", async (model, line) => {
  const args = ["--model", `dir:./${model}`, "--steps", "1", "-o", "out.png"];
  const { code, errors } = await insightgraph("edit", "photo.png", "add a hat", ...args);
  const found = errors.split("\n").filter((one) => one.includes(" Hint: "));
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(line);
  expect(found[0]?.match(/Hint:/g)).toHaveLength(1);
  expect(code).toBe(2);
  expect(await readdir(folder)).not.toContain("out.png");
});
