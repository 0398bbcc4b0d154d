import { quantizedNames } from "../onnx/lower/use-quantized.ts";
import type { StoredTensor, WeightMap } from "../onnx/stored-tensor.ts";
import { toHalf, toSinglePrecision } from "./half-precision.ts";
import { blockLength, quantizeRows } from "./quantize-rows.ts";

/** A form to which weights are converted: a wider type than bfloat16, or matrices in 8 bits. */
export type WeightForm = "float16" | "float32" | "int8";

const isMatrix = ({ dtype, shape }: StoredTensor): boolean =>
  shape.length === 2 && /float/.test(dtype) && blockLength(shape[1] ?? 0) !== undefined;

/** The tensors that a form changes, in the order of the checkpoint. */
export function tensorsToConvert(weights: WeightMap, form: WeightForm): readonly string[] {
  const isMeant = (tensor: StoredTensor): boolean =>
    form === "int8" ? isMatrix(tensor) : tensor.dtype === "bfloat16";
  return [...weights].filter(([, tensor]) => isMeant(tensor)).map(([name]) => name);
}

/**
 * A tensor in another form, under the names that networks look for. What half precision cannot hold becomes single
 * precision instead.
 * Throws: weights.not-finite, weights.unreadable.
 */
export function convertTensor(
  weights: WeightMap,
  name: string,
  form: WeightForm,
): readonly (readonly [string, StoredTensor])[] {
  const { shape = [] } = weights.get(name) ?? {};
  const values = toSinglePrecision(weights, name);
  if (form === "int8") {
    const [rows = 0, width = 0] = shape;
    const made = quantizeRows(values, [rows, width], blockLength(width) ?? width);
    const names = quantizedNames(name);
    return [
      [names.bytes, made.bytes],
      [names.scales, made.scales],
    ];
  }
  const single = { dtype: "float32", shape, data: new Uint8Array(values.buffer) } as const;
  return [[name, form === "float16" ? toHalf(single) : single]];
}
