import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  decodeSafetensors,
  encodeSafetensors,
  type StoredTensor,
  toHalfPrecision,
} from "@insightgraph/models";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exportCheckpoint } from "./export-checkpoint.ts";
import { killAfter } from "./kill-after.fixture.ts";
import { trainTiny } from "./tiny-training.fixture.ts";
import { openTrainingFolder } from "./training-folder.ts";

const child = fileURLToPath(new URL("./training-child.fixture.ts", import.meta.url));
let root = "";
let whole: string[] = [];

async function train(path: string, stopAfter = Number.POSITIVE_INFINITY): Promise<string[]> {
  const stop = new AbortController();
  const curve: string[] = [];
  const onStep = (line: string): void => {
    curve.push(line);
    if (curve.length >= stopAfter) stop.abort();
  };
  await trainTiny(path, onStep, stop.signal);
  return curve;
}

describe("training", () => {
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "train-insightedit-"));
    whole = await train(join(root, "whole"));
  });
  afterAll(() => rm(root, { recursive: true }));

  test("resumes after a stop in any stage with the same curve to the last digit", async () => {
    const cut = join(root, "cut");
    const pieces = [...(await train(cut, 1)), ...(await train(cut, 2)), ...(await train(cut))];
    expect(whole).toHaveLength(7);
    expect(pieces).toEqual(whole);
  });

  test("resumes from its last checkpoint after a kill", async () => {
    const killed = join(root, "killed");
    expect(await killAfter(4, child, killed)).toBe("SIGKILL");
    const rest = await train(killed);
    expect(rest.length).toBeGreaterThan(0);
    expect(rest.length).toBeLessThan(whole.length);
    expect(rest).toEqual(whole.slice(-rest.length));
  });

  test("exports what a stage trained that ends before the average moves", async () => {
    const folder = await openTrainingFolder(join(root, "whole"));
    const to = join(root, "exported");
    await exportCheckpoint(folder, to);
    const state = await folder.read("decoding.safetensors");
    const path = "decoder.conv_out.weight";
    const trained = new Map([[path, state?.get(`parameters:${path}`) as StoredTensor]]);
    const exported = decodeSafetensors(await readFile(join(to, "model.safetensors")));
    expect(exported.get(path)).toEqual(toHalfPrecision(trained).get(path));
  });
});

test("reads its checkpoints from plain bytes and from buffers alike", () => {
  const step = new Uint8Array(BigInt64Array.of(7n).buffer);
  const bytes = encodeSafetensors(new Map([["step", { dtype: "int64", shape: [1], data: step }]]));
  const data = decodeSafetensors(Buffer.from(bytes)).get("step")?.data;
  expect(data?.slice().buffer.byteLength).toBe(8);
});
