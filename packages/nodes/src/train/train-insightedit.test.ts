import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSession } from "@insightgraph/engine/runtime";
import { decodeSafetensors, encodeSafetensors, insightEditMini } from "@insightgraph/models";
import { expect, it } from "vitest";
import { sceneVocabulary } from "../scenes.ts";
import { trainInsightEdit } from "./train-insightedit.ts";
import { openTrainingFolder } from "./training-folder.ts";

const mini = insightEditMini(sceneVocabulary.length + 1);
const width = 16;

/** The mini's structure at the smallest sizes. */
const config = {
  ...mini,
  mllm: {
    ...mini.mllm,
    vision: { ...mini.mllm.vision, width, layers: 1, heads: 2 },
    width,
    hidden: width,
    layers: 1,
    heads: 2,
  },
  bridges: {
    ...mini.bridges,
    mmWidth: width,
    visionWidth: width,
    qFormer: { queries: 4, width, layers: 1, heads: 2 },
    interaction: { ...mini.bridges.interaction, heads: 2, visualChannels: width },
    adapter: { mapperWidth: 4, tokens: 4, width },
  },
  unet: {
    ...mini.unet,
    blockOutChannels: [width, width],
    heads: 2,
    normNumGroups: 4,
    crossAttentionDim: width,
    textTokens: 4,
  },
};

const steps = { alignment: 2, editing: 3 };

async function train(path: string, stopAfter = Number.POSITIVE_INFINITY): Promise<string[]> {
  const stop = new AbortController();
  const curve: string[] = [];
  await trainInsightEdit({
    folder: await openTrainingFolder(path),
    open: (onnx) => openSession(onnx, { threads: 1 }),
    signal: stop.signal,
    steps,
    config,
    batch: 2,
    onStep(stage, { step, losses }) {
      curve.push(`${stage} ${step} ${JSON.stringify(losses)}`);
      if (curve.length >= stopAfter) stop.abort();
    },
  });
  return curve;
}

it("goes on after a stop in either stage with the same curve to the last digit", async () => {
  const root = await mkdtemp(join(tmpdir(), "train-insightedit-"));
  try {
    const whole = await train(join(root, "whole"));
    const cut = join(root, "cut");
    const pieces = [...(await train(cut, 1)), ...(await train(cut, 2)), ...(await train(cut))];
    expect(whole).toHaveLength(5);
    expect(pieces).toEqual(whole);
  } finally {
    await rm(root, { recursive: true });
  }
}, 60_000);

it("reads its checkpoints from plain bytes and from buffers alike", () => {
  const step = new Uint8Array(BigInt64Array.of(7n).buffer);
  const bytes = encodeSafetensors(new Map([["step", { dtype: "int64", shape: [1], data: step }]]));
  const data = decodeSafetensors(Buffer.from(bytes)).get("step")?.data;
  expect(data?.slice().buffer.byteLength).toBe(8);
});
