import type { TensorValue } from "@insightgraph/engine/node";

/** A session's output by name. */
export function tensorOf(found: Readonly<Record<string, TensorValue>>, name: string): TensorValue {
  const value = found[name];
  if (value === undefined) throw new RangeError(`the network has no output "${name}"`);
  return value;
}

/** The numbers of a single-precision tensor. */
export function floatsOf({ data, dtype }: TensorValue): Float32Array {
  if (data instanceof Float32Array) return data;
  throw new TypeError(`expected float32, got ${dtype}`);
}
