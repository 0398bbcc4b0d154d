import { describe, expect, test } from "vitest";
import { attend } from "../../packages/models/src/layers/attend.ts";
import { conv2d } from "../../packages/models/src/layers/conv2d.ts";
import { groupNorm } from "../../packages/models/src/layers/group-norm.ts";
import { layerNorm } from "../../packages/models/src/layers/layer-norm.ts";
import { linear } from "../../packages/models/src/layers/linear.ts";
import { timestepEmbedding } from "../../packages/models/src/layers/timestep-embedding.ts";
import { defineNetwork, emitOnnx } from "../../packages/models/src/networks/define-network.ts";
import { resizeLinearTo, resizeNearestTo } from "../../packages/models/src/onnx/ops/resize.ts";
import { errorsOf, readFixture } from "./read-fixture.ts";

const layers = defineNetwork({
  name: "layers",
  inputs: () => ({
    x: { shape: ["N", 6, 7, 5] },
    tokens: { shape: ["N", 9, 12] },
    memory: { shape: ["N", 4, 12] },
    rows: { shape: ["N", 3, 7] },
    timestep: { shape: ["N"] },
  }),
  build: (w, { x, tokens, memory, rows, timestep }, _: object) => ({
    conv: conv2d(w.at("conv"), x, { out: 10, kernel: 3, stride: 2, padding: 1 }),
    norm: groupNorm(w.at("norm"), x, { groups: 3, epsilon: 1e-6 }),
    fc: linear(w.at("fc"), rows, { out: 5 }),
    layerNorm: layerNorm(w.at("layer_norm"), rows),
    attention: attend(tokens, memory, memory, 3),
    wave: timestepEmbedding(timestep, 16),
    waveSinFirst: timestepEmbedding(timestep, 16, { flipSinToCos: false, freqShift: 1 }),
    nearest: resizeNearestTo(x, 13, 9),
    linear: resizeLinearTo(x, 13, 9),
  }),
});

describe("layers against torch", async () => {
  const fixture = await readFixture("layers", "layers");
  const errors = await errorsOf(emitOnnx(layers, {}, fixture.weights), fixture);

  test.each(Object.keys(fixture.outputs))("%s", (name) => {
    expect(errors[name]).toBeLessThan(1e-4);
  });
});
