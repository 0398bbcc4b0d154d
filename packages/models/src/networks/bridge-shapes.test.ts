import { describe, expect, test } from "vitest";
import type { StoredTensor, WeightMap } from "../onnx/stored-tensor.ts";
import { bridgeConfigOf } from "./bridge-shapes.ts";
import { type BridgeConfig, imageBridge, textBridge } from "./bridges.ts";
import { buildNetwork } from "./define-network.ts";

/** Tensors with the shapes that the networks declare. */
function weightsOf(config: BridgeConfig): Map<string, StoredTensor> {
  const graphs = [buildNetwork(textBridge, config).graph, buildNetwork(imageBridge, config).graph];
  const data = new Uint8Array();
  return new Map(
    graphs.flatMap(({ weights }) =>
      [...weights].map(([key, { tensor }]): [string, StoredTensor] => [
        key,
        { dtype: "float32", shape: tensor.shape.map(Number), data },
      ]),
    ),
  );
}

const smartEdit: BridgeConfig = {
  mmTokens: 32,
  mmWidth: 4096,
  visionWidth: 1024,
  qFormer: { queries: 77, width: 768, layers: 6, heads: 12, hidden: 3072, crossEvery: 2 },
  interaction: { heads: 8, grid: 16, visualChannels: 320, visualScale: 2 },
  adapter: { mapperWidth: 256, tokens: 4, width: 768 },
};

const without = (weights: WeightMap, part: string): WeightMap =>
  new Map([...weights].filter(([key]) => !key.startsWith(part)));

describe("bridgeConfigOf", () => {
  test("reads SmartEdit's sizes, and other ones, from the shapes", () => {
    expect(bridgeConfigOf(weightsOf(smartEdit))).toEqual(smartEdit);
    const odd: BridgeConfig = {
      ...smartEdit,
      mmTokens: 5,
      mmWidth: 24,
      visionWidth: 16,
      qFormer: { queries: 7, width: 12, layers: 4, heads: 2, hidden: 20, crossEvery: 3 },
      adapter: { mapperWidth: 6, tokens: 3, width: 10 },
    };
    expect(bridgeConfigOf(weightsOf(odd), { qFormerHeadWidth: 6 })).toEqual(odd);
  });

  test("does without the adapter, which SmartEdit has not, and names what it needs", () => {
    const whole = weightsOf(smartEdit);
    const found = bridgeConfigOf(without(whole, "image_alignment_adapter"));
    expect({ ...found, adapter: smartEdit.adapter }).toEqual(smartEdit);
    expect(() => bridgeConfigOf(without(whole, "modulate_head"))).toThrow(
      "weights.missing at modulate_head.weight",
    );
  });
});
