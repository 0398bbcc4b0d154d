import { readFile } from "node:fs/promises";
import { afterAll, describe, expect, test } from "vitest";
import { openNetwork } from "../../packages/editing/src/architectures/open-network.ts";
import { stackPictures } from "../../packages/editing/src/architectures/stack-pictures.ts";
import { createSessionPool } from "../../packages/engine/src/runtime.ts";
import { lpips, lpipsBackbones } from "../../packages/models/src/index.ts";
import type { WeightMap } from "../../packages/models/src/onnx/stored-tensor.ts";
import { picturePairs } from "./metric-pictures.ts";
import { relativeError } from "./read-fixture.ts";

const file = new URL("../fixtures/parity/metrics/lpips.json", import.meta.url);
const numbers = JSON.parse(await readFile(file, "utf8"));
const pairs = [...(await picturePairs())];
const pool = createSessionPool({ threads: 2 });
afterAll(() => pool.close());

function mixed(value: number): number {
  let x = value ^ (value >>> 16);
  x = Math.imul(x, 0x7feb352d);
  x ^= x >>> 15;
  x = Math.imul(x, 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** What lpips_distances.py draws for a tensor of that name. */
function drawn(name: string, shape: readonly number[]): Float32Array {
  const count = shape.reduce((product, size) => product * size, 1);
  let seed = 0;
  for (const letter of name) seed = (Math.imul(seed, 31) + letter.charCodeAt(0)) >>> 0;
  const reach = Math.sqrt(6 / (count / (shape[0] ?? 1)));
  return Float32Array.from({ length: count }, (_, at) => {
    const value = mixed((at + seed) >>> 0) / 2 ** 31 - 1;
    if (name.startsWith("lin")) return Math.abs(value) / 10;
    return shape.length === 4 ? value * reach : value / 10;
  });
}

function weightsOf({ shapes, scaling }: (typeof numbers)["alex"]): WeightMap {
  const stored = (shape: readonly number[], values: Float32Array) => {
    return { dtype: "float32", shape, data: new Uint8Array(values.buffer) } as const;
  };
  const tensors = Object.entries<string>(shapes).map(([name, text]) => {
    const shape = text.split("x").map(Number);
    return [name, stored(shape, drawn(name, shape))] as const;
  });
  const scales = Object.entries<number[]>(scaling).map(([name, values]) => {
    return [name, stored([1, 3, 1, 1], Float32Array.from(values))] as const;
  });
  return new Map([...tensors, ...scales]);
}

describe.each(lpipsBackbones)("LPIPS on %s", (backbone) => {
  const { distances } = numbers[backbone];
  const model = { digest: backbone, weights: weightsOf(numbers[backbone]) };

  test.each(pairs)("is that of the package, for pictures with %s", async (name, pair) => {
    const { width, height } = pair.picture;
    const session = await openNetwork(pool, model, lpips, { backbone, width, height });
    const found = await session.run({ pixels: stackPictures(pair.picture, pair.reference) });
    const distance = Array.from(found["distance"]?.data ?? [], Number);
    // Single precision through up to some eighty operators.
    expect(relativeError(distance, [distances[name]])).toBeLessThan(1e-5);
  });
});
