import { ModelError } from "../errors.ts";
import type { StoredTensor, StoredType, WeightMap } from "./stored-tensor.ts";

/**
 * How a 32-bit word shows a number that is infinite or none: its exponent is all ones, so that adding one at the exponent's
 * lowest bit carries into the sign. A word may hold several numbers.
 */
interface ExponentTest {
  readonly exponents: number;
  readonly ones: number;
  readonly signs: number;
}

const halves = { ones: 0x0400_0400, signs: 0x8000_8000 | 0 };
const bytes = { signs: 0x8080_8080 | 0 };

/** Whole numbers are always finite; of a double the upper word is tested. */
const exponentTests: Partial<Record<StoredType, ExponentTest>> = {
  float64: { exponents: 0x7ff0_0000, ones: 0x0010_0000, signs: 0x8000_0000 | 0 },
  float32: { exponents: 0x7f80_0000, ones: 0x0080_0000, signs: 0x8000_0000 | 0 },
  float16: { exponents: 0x7c00_7c00, ...halves },
  bfloat16: { exponents: 0x7f80_7f80, ones: 0x0080_0080, signs: halves.signs },
  // E4M3 has no infinity, and one pattern of all bits that is no number.
  float8e4m3: { exponents: 0x7f7f_7f7f, ones: 0x0101_0101, signs: bytes.signs },
  float8e5m2: { exponents: 0x7c7c_7c7c, ones: 0x0404_0404, signs: bytes.signs },
};

/** The bytes as 32-bit words, the last one filled up with zeros. */
function wordsOf(data: Uint8Array): Int32Array {
  const isWhole = data.byteOffset % 4 === 0 && data.byteLength % 4 === 0;
  if (isWhole) return new Int32Array(data.buffer, data.byteOffset, data.byteLength / 4);
  const padded = new Uint8Array(Math.ceil(data.byteLength / 4) * 4);
  padded.set(data);
  return new Int32Array(padded.buffer);
}

/** Whether every number of a tensor is finite. Reads a tensor that lies in a file. Throws: weights.unreadable. */
export function isFiniteTensor(tensor: StoredTensor): boolean {
  const test = exponentTests[tensor.dtype];
  if (test === undefined) return true;
  const { exponents, ones, signs } = test;
  const words = wordsOf(tensor.data);
  const [first, step] = tensor.dtype === "float64" ? [1, 2] : [0, 1];
  let carried = 0;
  for (let at = first; at < words.length; at += step) {
    carried |= ((words[at] as number) & exponents) + ones;
  }
  return (carried & signs) === 0;
}

/** The name of the first tensor with a number that is infinite or none. Throws: weights.unreadable. */
export function findNotFinite(
  weights: Iterable<readonly [string, StoredTensor]>,
): string | undefined {
  for (const [name, tensor] of weights) if (!isFiniteTensor(tensor)) return name;
  return undefined;
}

/** Tensors that were found finite: a network that is opened for another size reads no byte again. */
const finite = new WeakSet<StoredTensor>();

/** Takes it that tensors are finite, because they were read before: none of them is read for it again. */
export function trustFinite(weights: WeightMap): void {
  for (const tensor of weights.values()) finite.add(tensor);
}

/**
 * Refuses weights with numbers that are infinite or none.
 * @param names The tensors to read. @default all
 * Throws: weights.not-finite, weights.unreadable.
 */
export function checkFinite(weights: WeightMap, names: Iterable<string> = weights.keys()): void {
  for (const name of names) {
    const tensor = weights.get(name);
    if (tensor === undefined || finite.has(tensor)) continue;
    if (isFiniteTensor(tensor)) {
      finite.add(tensor);
      continue;
    }
    throw new ModelError("weights.not-finite", "the tensor holds NaN or an infinite number.", {
      at: name,
      hint: "The file is damaged or its training diverged: download it again, or use another checkpoint.",
    });
  }
}
