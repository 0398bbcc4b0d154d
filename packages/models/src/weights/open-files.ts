import { ModelError } from "../errors.ts";
import type { StoredTensor, WeightMap } from "../onnx/stored-tensor.ts";
import { openSafetensors } from "./open-safetensors.ts";

/**
 * The tensors of several files as one checkpoint.
 * Throws: weights.header when two files hold one tensor, and as `openSafetensors`.
 */
export function openFiles(files: readonly string[]): WeightMap {
  const weights = new Map<string, StoredTensor>();
  for (const file of files) {
    for (const [key, tensor] of openSafetensors(file)) {
      const other = weights.get(key)?.span?.file;
      if (other !== undefined) {
        throw new ModelError("weights.header", `the tensor is in both ${other} and ${file}.`, {
          at: key,
          hint: "Keep one precision of the checkpoint, not two.",
        });
      }
      weights.set(key, tensor);
    }
  }
  return weights;
}
