import { copyFile, cp, mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CommandLine, createCommandLine } from "../../command-line.fixture.ts";
import { graphsDir } from "../../places.ts";
import { stepGraph, stepNode } from "../scene-graphs.fixture.ts";

let line: CommandLine;
const at = (name: string): string => path.join(line.folder, name);
const writeSteps = (change = (text: string) => text) =>
  writeFile(at("step.mjs"), change(stepNode(at("log"), at("fails"), 0)));
const replay = (sink: string, ...args: readonly string[]) =>
  line.run("replay", `${sink}/dataset.json`, ...args);
const run = async (args: string): Promise<void> => {
  expect(await line.run("dataset", "run", ...args.split(" "))).toMatchObject({ code: 0 });
};

beforeAll(async () => {
  line = await createCommandLine();
  await mkdir(at("photos/below"), { recursive: true });
  for (const name of ["rabbit-teddy-apple", "fox-drum-apple", "bee-tree-penguin"]) {
    await copyFile(path.join(graphsDir, `samples/${name}.png`), at(`photos/below/${name}.png`));
  }
  await copyFile(path.join(graphsDir, "samples/fox-drum-apple.png"), at("over.png"));
  const image = (node: string) => ({ node, output: "image" });
  const nodes = {
    photo: { type: "image.load", version: 1 },
    over: { type: "image.load", version: 1, params: { path: "over.png" } },
    mixed: {
      type: "image.blend",
      version: 1,
      inputs: { base: image("photo"), top: image("over") },
      params: { mode: "difference" },
    },
  };
  const inputs = { photo: { node: "photo", param: "path" } };
  const graph = { format: "insightgraph", version: 1, nodes, inputs };
  await writeFile(
    at("mixes.json"),
    JSON.stringify({ ...graph, outputs: { edited: image("mixed") } }),
  );
  await writeFile(at("steps.json"), JSON.stringify(stepGraph("text", "number", "keep")));
  await writeFile(at("lists.json"), JSON.stringify(stepGraph("texts")));
  await writeSteps();
});
afterAll(() => line.remove());

describe("replay of a data set", () => {
  test.each(["parquet", "imagefolder"])(
    "makes items of %s again that are drawn, and finds them the same",
    async (format) => {
      await run(`mixes.json --source photos --sink ${format} --format ${format} --no-cache`);
      expect(await replay(format, "--sample", "2")).toMatchObject({
        code: 0,
        out: "2 of 2 items are the same\n",
        errors: "",
      });
    },
  );

  test("a data set that was moved together with its source is found the same, numbers, lists and left records too", async () => {
    const steps = "--nodes step.mjs --no-cache";
    await run(`mixes.json --source photos --sink whole/pairs --no-cache`);
    for (const name of ["photos", "over.png"])
      await cp(at(name), at(`moved/${name}`), { recursive: true });
    await rename(at("whole"), at("moved/whole"));
    await rename(at("photos"), at("elsewhere"));
    expect(await replay("moved/whole/pairs")).toMatchObject({ code: 0 });
    await rename(at("elsewhere"), at("photos"));
    for (const graph of ["steps", "lists"]) {
      await run(`${graph}.json --source seeds:7 --sink ${graph} ${steps}`);
      expect(await replay(graph, "--nodes", "step.mjs")).toMatchObject({ code: 0 });
    }
  });

  test("records that come out otherwise, fail or are gone are told, with what may explain it", async () => {
    await run("steps.json --source seeds:6 --sink changed --nodes step.mjs --no-cache");
    await writeSteps((text) =>
      text.replace('"number " + seed', '"number " + (seed === 2 ? "two" : seed)'),
    );
    await writeFile(at("fails"), "4");
    const { code, out, errors } = await replay("changed", "--nodes", "step.mjs", "--json");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual({
      items: 3,
      changes: [
        { key: "2", fields: ["text"] },
        { key: "4", failure: expect.stringContaining("no luck with 4") },
      ],
    });
    expect(errors).toMatch(/^note: nodes was /);
    await rm(at("fails"));
    await run("mixes.json --source photos --sink fewer --no-cache");
    await rename(at("photos/below/fox-drum-apple.png"), at("fox.png"));
    expect(await replay("fewer")).toMatchObject({
      code: 1,
      out: "below/fox-drum-apple.png: it is not in the source any more\n2 of 3 items are the same\n",
    });
    await rename(at("fox.png"), at("photos/below/fox-drum-apple.png"));
    await rm(at("fewer/run.json"));
    expect(await replay("fewer")).toMatchObject({
      code: 2,
      errors: expect.stringContaining("manifest.shape"),
    });
  });
});
