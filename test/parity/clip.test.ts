import { describe, expect, test } from "vitest";
import { openSession } from "../../packages/engine/src/runtime.ts";
import {
  parseClipTextConfig,
  parseClipVisionConfig,
} from "../../packages/models/src/networks/clip-config.ts";
import { clipText, clipTextEmbeds } from "../../packages/models/src/networks/clip-text.ts";
import {
  clipVision,
  clipVisionEmbeds,
  clipVisionFeatures,
} from "../../packages/models/src/networks/clip-vision.ts";
import { emitOnnx } from "../../packages/models/src/networks/define-network.ts";
import {
  expecting,
  parityError,
  parityTargets,
  readFixture,
  relativeError,
} from "./read-fixture.ts";

const limit = 1e-4;
const named = parityTargets.map((target) => ({ precision: "float32" as const, ...target }));

describe.each(["text-quick-gelu-legacy-end", "text-gelu-named-end"])("%s", async (name) => {
  const fixture = await readFixture("clip", name);
  const config = parseClipTextConfig(fixture.config);

  test.each(named)("[N8] states, pooled and projected: $provider $precision", async (target) => {
    const states = expecting(fixture, { states: "states", pooled: "pooled" });
    expect(await parityError(clipText, config, states, "", target)).toBeLessThan(target.limit);
    const embeds = expecting(fixture, { embeds: "embeds" });
    const error = await parityError(clipTextEmbeds, config, embeds, "", target);
    expect(error).toBeLessThan(target.limit);
  });
});

describe.each(["vision-quick-gelu", "vision-gelu"])("%s", async (name) => {
  const fixture = await readFixture("clip", name);
  const vision = parseClipVisionConfig(fixture.config);

  test.each(named)("states, pooled and projected: $provider $precision", async (target) => {
    const states = expecting(fixture, { states: "states", pooled: "pooled" });
    expect(await parityError(clipVision, vision, states, "", target)).toBeLessThan(target.limit);
    const embeds = expecting(fixture, { embeds: "embeds" });
    const error = await parityError(clipVisionEmbeds, vision, embeds, "", target);
    expect(error).toBeLessThan(target.limit);
  });

  test.each([
    [-1, "hidden3"],
    [-2, "hidden2"],
    [1, "hidden1"],
    [0, "hidden0"],
  ])("gives the features of layer %i", async (selectLayer, output) => {
    const config = { vision, selectLayer, keepClass: true };
    const wanted = expecting(fixture, { features: output });
    expect(await parityError(clipVisionFeatures, config, wanted)).toBeLessThan(limit);
  });

  test("leaves the class token out", async () => {
    const config = { vision, selectLayer: -2, keepClass: false };
    const onnx = emitOnnx(clipVisionFeatures, config, fixture.weights);
    const session = await openSession(onnx, { threads: 1 });
    const { features } = await session.run(fixture.inputs);
    await session.close();
    const { shape: [rows = 0, tokens = 0, width = 0] = [], data } =
      fixture.outputs["hidden2"] ?? {};
    expect(features?.shape).toEqual([rows, tokens - 1, width]);
    const patches = Array.from(data ?? [], Number).filter(
      (_, at) => Math.floor(at / width) % tokens > 0,
    );
    expect(relativeError(Array.from(features?.data ?? [], Number), patches)).toBeLessThan(limit);
  });
});

/** Each row divided by its length. */
function directions(values: ArrayLike<number | bigint>, width: number): readonly number[] {
  const numbers = Array.from(values, Number);
  return numbers.map((value, at) => {
    const row = numbers.slice(at - (at % width), at - (at % width) + width);
    return value / Math.hypot(...row);
  });
}

describe("a whole CLIP", async () => {
  const fixture = await readFixture("clip", "whole");
  const text = parseClipTextConfig(fixture.config);
  const vision = parseClipVisionConfig(fixture.config);

  test("takes the outer projection's width", () => {
    expect([text.projection, vision.projection]).toEqual([6, 6]);
  });

  test.each([
    ["textDirections", emitOnnx(clipTextEmbeds, text, fixture.weights)],
    ["visionDirections", emitOnnx(clipVisionEmbeds, vision, fixture.weights)],
  ])("points where transformers' does: %s", async (name, onnx) => {
    const session = await openSession(onnx, { threads: 1 });
    const inputs = Object.entries(fixture.inputs).filter(([key]) => session.inputs.includes(key));
    const { embeds } = await session.run(Object.fromEntries(inputs));
    await session.close();
    const wanted = Array.from(fixture.outputs[name]?.data ?? [], Number);
    expect(relativeError(directions(embeds?.data ?? [], 6), wanted)).toBeLessThan(limit);
  });
});
