import type { Graph } from "../../packages/models/src/onnx/graph.ts";
import type { StoredTensor, WeightMap } from "../../packages/models/src/onnx/stored-tensor.ts";

/** FNV-1a, 32 bits. */
function hash(name: string): number {
  let state = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name)) {
    state = Math.imul(state ^ byte, 0x01000193) >>> 0;
  }
  return state;
}

/** A number in [-1, 1) with 24 bits: MurmurHash3's last mix. */
function mixed(seed: number): number {
  let x = seed >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  x ^= x >>> 16;
  return (x >>> 8) / 2 ** 23 - 1;
}

/** Numbers in [-1, 1) by a formula of a name and their place, the same as in formula_weights.py. */
export function uniform(name: string, count: number): Float64Array {
  const seed = hash(name);
  return Float64Array.from({ length: count }, (_, at) => mixed(seed + Math.imul(at, 0x9e3779b9)));
}

/** A weight by a formula of its name and an element's index, the same as in formula_weights.py. */
export function formulaWeight(name: string, shape: readonly number[]): StoredTensor {
  const isVector = shape.length < 2;
  const scale = isVector ? 0.2 : Math.sqrt(3 / shape.slice(1).reduce((n, size) => n * size, 1));
  const centre = isVector && name.endsWith("weight") ? 1 : 0;
  const count = shape.reduce((n, size) => n * size, 1);
  const values = Float32Array.from(uniform(name, count), (value) => value * scale + centre);
  return { dtype: "float32", shape, data: new Uint8Array(values.buffer) };
}

/** All weights of a graph by the formula. @param prefix Put before each name in it. */
export function formulaWeights({ weights }: Graph, prefix = ""): WeightMap {
  return new Map(
    [...weights].map(([name, { tensor }]) => [
      name,
      formulaWeight(prefix + name, tensor.shape.map(Number)),
    ]),
  );
}
