import { describe, expect, test } from "vitest";
import type { StoredTensor, WeightMap } from "../onnx/stored-tensor.ts";
import type { Network } from "./define-network.ts";
import { imagePerceptron, imageProjection, imageResampler } from "./ip-adapter.ts";
import { ipAdapterProjection } from "./ip-adapter-config.ts";
import { sizeOfNetwork } from "./parameter-count.fixture.ts";

const ofShape = (...shape: readonly number[]): StoredTensor => ({
  dtype: "float16",
  shape,
  data: new Uint8Array(0),
});

const weightsOf = (shapes: Readonly<Record<string, readonly number[]>>): WeightMap =>
  new Map(Object.entries(shapes).map(([key, shape]) => [`image_proj.${key}`, ofShape(...shape)]));

const plain = { "proj.weight": [3072, 1024], "norm.weight": [768] };
const plus = {
  latents: [1, 16, 768],
  "proj_in.weight": [768, 1280],
  "proj_out.weight": [768, 768],
  ...Object.fromEntries([0, 1, 2, 3].map((at) => [`layers.${at}.0.to_q.weight`, [768, 768]])),
  "layers.0.1.1.weight": [3072, 768],
};
const full = {
  "proj.0.weight": [1280, 1280],
  "proj.2.weight": [768, 1280],
  "proj.3.weight": [768],
};

function countOf<Config, Input extends string, Output extends string>(
  network: Network<Config, Input, Output>,
  config: Config,
): number {
  return sizeOfNetwork(network, config).parameters;
}

describe("ipAdapterProjection", () => {
  test("[N12] reads the plain one: 4 tokens of 768 from 1024", () => {
    const found = ipAdapterProjection(weightsOf(plain), 257);
    expect(found).toEqual({ kind: "plain", config: { embeds: 1024, tokens: 4, width: 768 } });
    if (found.kind === "plain") expect(countOf(imageProjection, found.config)).toBe(3_150_336);
  });

  test("reads Plus: 16 queries through four layers of 12 heads", () => {
    const found = ipAdapterProjection(weightsOf(plus), 257);
    expect(found).toEqual({
      kind: "plus",
      config: {
        features: 257,
        featureWidth: 1280,
        resampler: {
          queries: 16,
          width: 768,
          layers: 4,
          heads: 12,
          headWidth: 64,
          hidden: 3072,
          out: 768,
        },
      },
    });
    if (found.kind !== "plus") return;
    const layer = 4 * 768 ** 2 + 2 * 768 * 3072 + 3 * 2 * 768;
    const ends = 16 * 768 + (1280 + 1) * 768 + (768 + 1) * 768 + 2 * 768;
    expect(countOf(imageResampler, found.config)).toBe(4 * layer + ends);
  });

  test("reads Full: one token a patch", () => {
    const found = ipAdapterProjection(weightsOf(full), 257);
    expect(found).toEqual({
      kind: "full",
      config: { features: 257, featureWidth: 1280, width: 768 },
    });
    if (found.kind !== "full") return;
    const wanted = 1281 * 1280 + 1281 * 768 + 2 * 768;
    expect(countOf(imagePerceptron, found.config)).toBe(wanted);
  });

  test.each([
    [{ ...plus, "pos_emb.weight": [257, 1280] }, /config.unsupported at image_proj.pos_emb.weight/],
    [{ ...full, "proj.0.weight": [1024, 512] }, /config.unsupported.*FaceID/],
    [{ "norm.weight": [768] }, /weights.missing at image_proj.proj.weight/],
    [{}, /weights.missing at image_proj.norm.weight/],
  ])("refuses what it does not know: %#", (shapes, message) => {
    expect(() => ipAdapterProjection(weightsOf(shapes), 257)).toThrow(message);
  });
});
