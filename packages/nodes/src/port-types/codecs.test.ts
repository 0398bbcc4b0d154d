import type { PortType, TensorValue } from "@insightgraph/engine/node";
import { describe, expect, test } from "vitest";
import { boolean } from "./boolean.ts";
import { condition } from "./condition.ts";
import { detection } from "./detection.ts";
import { feature } from "./feature.ts";
import { image } from "./image.ts";
import { imageCondition } from "./image-condition.ts";
import { joined } from "./joined.ts";
import { latent } from "./latent.ts";
import { mask } from "./mask.ts";
import { mmTokens } from "./mm-tokens.ts";
import { number } from "./number.ts";
import { text } from "./text.ts";

/** Through bytes and back, at an odd place in a larger buffer as on disk. */
function again<T>({ store }: PortType<T>, value: T): T | undefined {
  const bytes = joined(store?.encode(value) ?? []);
  const larger = new Uint8Array(bytes.length + 3);
  larger.set(bytes, 3);
  return store?.decode(larger.subarray(3));
}

const tensor: TensorValue = {
  dtype: "float32",
  shape: [1, 2, 3],
  // A view into something larger, as sessions give them.
  data: new Float32Array(8).map((_, at) => at / 3 - 1).subarray(1, 7),
};
const colours = { patch: 2, weight: Float32Array.of(0.1, 0.2), bias: Float32Array.of(1, 2, 3) };

describe("values in the disk cache are read back unchanged", () => {
  test("a picture and a mask", () => {
    const picture = { width: 2, height: 1, channels: 3, data: Uint8Array.of(1, 2, 3, 4, 5, 6) };
    expect(again(image, { ...picture, channels: 3 })).toEqual(picture);
    const half = { width: 1, height: 2, data: Uint8Array.of(0, 255) };
    expect(again(mask, half)).toEqual(half);
  });

  test.each(["", "remove the apple", "🍎 \ud800"])("the text %j", (value) => {
    expect(again(text, value)).toBe(value);
  });

  test.each([true, false])("the truth value %j", (value) => {
    expect(again(boolean, value)).toBe(value);
  });

  test.each([0, -1.5, Number.MAX_VALUE, 2 ** 32 - 1])("the number %d", (value) => {
    expect(again(number, value)).toBe(value);
  });

  test("a detected object", () => {
    const box = { left: 1.25, top: 0, right: 30.5, bottom: 9 };
    const cup = { label: "cup", score: 0.5, box };
    expect(again(detection, cup)).toEqual(cup);
  });

  test("tensors of every kind of element", () => {
    for (const type of [mmTokens, feature, condition]) expect(again(type, tensor)).toEqual(tensor);
    const others: TensorValue[] = [
      { dtype: "float64", shape: [1], data: Float64Array.of(Math.PI) },
      { dtype: "float16", shape: [2], data: Uint16Array.of(1, 65535) },
      { dtype: "int32", shape: [], data: Int32Array.of(-7) },
      { dtype: "int64", shape: [1, 1], data: BigInt64Array.of(-(2n ** 60n)) },
      { dtype: "bool", shape: [3], data: Uint8Array.of(0, 1, 1) },
      { dtype: "uint8", shape: [0], data: new Uint8Array() },
    ];
    for (const value of others) expect(again(feature, value)).toEqual(value);
  });

  test("an image condition and a latent", () => {
    const weighed = { tokens: tensor, scale: 0.3 };
    expect(again(imageCondition, weighed)).toEqual(weighed);
    const scaled = { tensor, colours, scaling: { factor: 0.18215, shift: 0.5 } };
    expect(again(latent, scaled)).toEqual(scaled);
  });
});
