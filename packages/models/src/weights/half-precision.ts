import { Float16Array } from "@petamoriken/float16";
import { ModelError } from "../errors.ts";
import { checkFinite } from "../onnx/finite-weights.ts";
import type { StoredTensor, StoredType, WeightMap } from "../onnx/stored-tensor.ts";

/** What this and all above round to infinity. */
const halfLimit = 65520;

/** Rounds a tensor to half precision, unless it holds numbers beyond it or is not in single precision. */
export function toHalf(tensor: StoredTensor): StoredTensor {
  if (tensor.dtype !== "float32") return tensor;
  const numbers = new Float32Array(tensor.data.slice().buffer);
  if (numbers.some((value) => Math.abs(value) >= halfLimit && Number.isFinite(value)))
    return tensor;
  const half = new Float16Array(numbers);
  return { dtype: "float16", shape: tensor.shape, data: new Uint8Array(half.buffer) };
}

/**
 * Rounds single-precision tensors to half precision, at half the size; one with numbers beyond half precision stays as it is.
 * Throws: weights.not-finite.
 */
export function toHalfPrecision(weights: WeightMap): WeightMap {
  checkFinite(weights);
  return new Map([...weights].map(([name, tensor]) => [name, toHalf(tensor)]));
}

/**
 * Single precision of what bits stand for. `Float32Array.from` would make a list first, for which a table of words is too long.
 */
function lookedUp(bits: Uint16Array | Uint8Array, values: Float32Array): Float32Array {
  const found = new Float32Array(bits.length);
  for (let at = 0; at < bits.length; at++) found[at] = values[bits[at] as number] as number;
  return found;
}

/** What the 65,536 bit patterns of half precision stand for; made when it is first needed. */
let halves: Float32Array | undefined;

/** Numbers in half precision, given as their bits, in single precision. */
export function fromHalf(bits: Uint16Array): Float32Array {
  halves ??= Float32Array.from(
    new Float16Array(Uint16Array.from({ length: 65_536 }, (_, at) => at).buffer),
  );
  return lookedUp(bits, halves);
}

/** The upper half of a single-precision number. */
function fromBrain(bits: Uint16Array): Float32Array {
  const words = new Uint32Array(bits.length);
  for (let at = 0; at < bits.length; at++) words[at] = (bits[at] as number) << 16;
  return new Float32Array(words.buffer);
}

/** Exponent bias 7, no infinities, all ones is no number. Source: FP8 Formats (arXiv:2209.05433), E4M3. */
function fromE4m3(byte: number): number {
  const sign = byte & 0x80 ? -1 : 1;
  const exponent = (byte >> 3) & 15;
  const fraction = byte & 7;
  if ((byte & 0x7f) === 0x7f) return Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -9 : (8 + fraction) * 2 ** (exponent - 10));
}

const eighths = Float32Array.from({ length: 256 }, (_, byte) => fromE4m3(byte));

/** How each type of number becomes single precision; the buffer holds the tensor alone. */
const readers: Partial<Record<StoredType, (buffer: ArrayBuffer) => Float32Array>> = {
  float64: (buffer) => new Float32Array(new Float64Array(buffer)),
  float32: (buffer) => new Float32Array(buffer),
  float16: (buffer) => fromHalf(new Uint16Array(buffer)),
  bfloat16: (buffer) => fromBrain(new Uint16Array(buffer)),
  float8e4m3: (buffer) => lookedUp(new Uint8Array(buffer), eighths),
  // E5M2 is half precision cut to its upper byte.
  float8e5m2: (buffer) =>
    fromHalf(new Uint16Array(new Uint8Array(buffer)).map((byte) => byte << 8)),
};

/** One tensor's numbers in single precision. Throws: weights.missing, weights.dtype, weights.not-finite. */
export function toSinglePrecision(weights: WeightMap, path: string): Float32Array {
  const hint = "Check that the checkpoint belongs to this network.";
  const tensor = weights.get(path);
  if (tensor === undefined) {
    throw new ModelError("weights.missing", "the checkpoint has no such tensor.", {
      at: path,
      hint,
    });
  }
  const read = readers[tensor.dtype];
  if (read === undefined) {
    throw new ModelError("weights.dtype", "the tensor holds whole numbers, not weights.", {
      at: path,
      hint,
    });
  }
  checkFinite(weights, [path]);
  return read(new Uint8Array(tensor.data).buffer);
}
