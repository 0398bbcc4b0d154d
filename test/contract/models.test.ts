import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import {
  type CommandLine,
  createCommandLine,
} from "../../packages/app/src/command-line.fixture.ts";
import {
  type FakeHub,
  fakePipeline,
  startFakeHub,
} from "../../packages/editing/src/checkpoints/fake-hub.fixture.ts";

const repositoryId = "timbrooks/instruct-pix2pix";
const unetFile = "unet/diffusion_pytorch_model.safetensors";
const pipeline = fakePipeline();

let hub: FakeHub;
let line: CommandLine;
beforeAll(async () => {
  hub = await startFakeHub();
  line = await createCommandLine();
  for (const name of [
    "HF_TOKEN",
    "INSIGHTGRAPH_OFFLINE",
    "HF_HUB_OFFLINE",
    "INSIGHTGRAPH_MODELS",
  ]) {
    vi.stubEnv(name, undefined);
  }
  vi.stubEnv("HF_ENDPOINT", hub.endpoint);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await hub.close();
  await line.remove();
});
beforeEach(() => {
  hub.fault = () => undefined;
  hub.repositories.set(repositoryId, pipeline);
});

const stored = (file: string): string => path.join(line.folder, "data/models", file);
const models = (...args: string[]) => line.run("models", ...args);

describe("insightgraph models", () => {
  test("add goes on where a killed one ended", async () => {
    hub.fault = (file) => (file === unetFile ? { stallAfter: 1_200_000 } : undefined);
    const stalled = new Promise<void>((resolve) => {
      hub.onStall = resolve;
    });
    const { child, answer } = line.start("models", "add", `hf:${repositoryId}`);
    await stalled;
    const part = stored(`instruct-pix2pix/${unetFile}.part`);
    // The server has sent it; now the process must have written some.
    await expect
      .poll(async () => (await stat(part).catch(() => undefined))?.size)
      .toBeGreaterThan(100_000);
    child.kill("SIGKILL");
    expect((await answer).code).toBe(null);
    const { size } = await stat(part);

    expect((await models("list")).out).toContain("instruct-pix2pix: incomplete; add it again");
    hub.fault = () => undefined;
    hub.requests.length = 0;
    const { code, out } = await models("add", `hf:${repositoryId}`);
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(
        /^instruct-pix2pix, licence: mit\n {2}instruct-pix2pix\/unet {2}UNet2DConditionModel, float16 {2}/,
      ),
    });
    const asked = hub.requests.filter(
      ({ url }) => url.startsWith("/cdn/") && url.endsWith(unetFile),
    );
    expect(asked.map(({ range }) => range)).toEqual([`bytes=${size}-`]);
    const whole = await readFile(stored(`instruct-pix2pix/${unetFile}`));
    expect(whole.equals(pipeline.files.get(unetFile) ?? Buffer.alloc(0))).toBe(true);
  });

  test("add is interrupted in peace", async () => {
    hub.fault = (file) => (file === unetFile ? { stallAfter: 600_000 } : undefined);
    const stalled = new Promise<void>((resolve) => {
      hub.onStall = resolve;
    });
    const { child, answer } = line.start("models", "add", `hf:${repositoryId}`, "--as", "stopped");
    await stalled;
    child.kill("SIGINT");
    const { code, errors } = await answer;
    expect({ code, errors }).toEqual({
      code: 130,
      errors: expect.stringContaining("interrupted: the partial download is kept"),
    });
    expect((await models("remove", "stopped")).out).toMatch(/^removed stopped, /);
  });

  test("list, verify and remove speak of what was added", async () => {
    await models("add", `hf:${repositoryId}`, "--only", "vae,scheduler", "--as", "parts");
    const listed = JSON.parse((await models("list", "--json")).out);
    expect(listed.checkpoints.find(({ name }: { name: string }) => name === "parts")).toMatchObject(
      {
        parts: ["vae", "scheduler"],
        manifest: { licence: "mit" },
      },
    );
    await writeFile(stored("parts/vae/config.json"), "{}");
    expect(await models("verify", "parts")).toMatchObject({
      code: 1,
      out: expect.stringContaining("parts: vae/config.json has changed\n"),
    });
    expect(await models("remove", "part")).toMatchObject({
      code: 2,
      errors: expect.stringContaining('Did you mean "parts"?'),
    });
  });

  test("add dir: links a folder, from where the person stands", async () => {
    for (const [file, content] of pipeline.files) {
      await mkdir(path.dirname(path.join(line.folder, "mine", file)), { recursive: true });
      await writeFile(path.join(line.folder, "mine", file), content);
    }
    expect(await models("add", "dir:mine")).toMatchObject({ code: 0 });
    expect((await models("remove", "mine")).out).toContain(
      `${path.join(line.folder, "mine")} is left untouched`,
    );
  });

  test.each([
    ["hub.missing", 2, ["add", "hf:nobody/nothing"]],
    ["command.usage", 2, ["add", "nobody/nothing"]],
    ["command.usage", 2, ["fetch"]],
    ["checkpoint.part", 2, ["add", `hf:${repositoryId}`, "--as", "x", "--only", "unett"]],
  ])("says %s, and no stack trace", async (code, exitCode, args) => {
    const answer = await models(...args);
    expect(answer.code).toBe(exitCode);
    expect(answer.errors).toMatch(new RegExp(`^${code}`, "m"));
    expect(answer.errors).toContain("Hint: ");
    expect(answer.errors).not.toMatch(/\n\s+at /);
  });

  test("stays off the network when it is told to", async () => {
    vi.stubEnv("INSIGHTGRAPH_OFFLINE", "1");
    const { code, errors } = await models("add", `hf:${repositoryId}`, "--as", "offline");
    vi.stubEnv("INSIGHTGRAPH_OFFLINE", undefined);
    expect({ code, errors }).toEqual({ code: 1, errors: expect.stringContaining("hub.offline") });
  });
});
