import { Float16Array } from "@petamoriken/float16";
import { ModelError } from "../errors.ts";
import type { StoredTensor, WeightMap } from "../onnx/stored-tensor.ts";

function toHalf(tensor: StoredTensor): StoredTensor {
  if (tensor.dtype !== "float32") return tensor;
  const { buffer } = tensor.data.slice();
  const half = Float16Array.from(new Float32Array(buffer));
  return { ...tensor, dtype: "float16", data: new Uint8Array(half.buffer) };
}

/** Rounds single-precision tensors to half precision, at half the size. */
export function toHalfPrecision(weights: WeightMap): WeightMap {
  return new Map([...weights].map(([name, tensor]) => [name, toHalf(tensor)]));
}

/** One tensor's numbers in single precision. Throws: weights.missing, weights.dtype. */
export function toSinglePrecision(weights: WeightMap, path: string): Float32Array {
  const tensor = weights.get(path);
  if (tensor === undefined) {
    throw new ModelError("weights.missing", "the checkpoint has no such tensor.", {
      at: path,
      hint: "Check that the checkpoint belongs to this network.",
    });
  }
  if (tensor.dtype === "int64") {
    throw new ModelError("weights.dtype", "whole numbers stand where weights should.", {
      at: path,
      hint: "Check that the checkpoint belongs to this network.",
    });
  }
  const { buffer } = tensor.data.slice();
  return tensor.dtype === "float16"
    ? Float32Array.from(new Float16Array(buffer))
    : new Float32Array(buffer);
}
