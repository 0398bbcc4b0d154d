import type { StoredTensor } from "../onnx/stored-tensor.ts";

/** A matrix in 8 bits, laid out for ONNX Runtime's MatMulNBits. */
export interface QuantizedMatrix {
  /** Numbers from -127 to 127, shifted by 128: [rows, blocks, block] */
  readonly bytes: StoredTensor;
  /** What each block is multiplied by: [rows, blocks] */
  readonly scales: StoredTensor;
}

/** Lengths of blocks that MatMulNBits knows, the longest first. */
const blockLengths = [128, 64, 32, 16];

/** Numbers of a row that share a scale; undefined for a row that is cut into no blocks. */
export function blockLength(width: number): number | undefined {
  return blockLengths.find((length) => width % length === 0);
}

/**
 * Rounds a matrix to 8 bits, each row in blocks with a scale of their own. Shapes: [rows, width]
 * Source: symmetric quantization, arXiv:2004.09602, section 3.1.
 */
export function quantizeRows(
  values: Float32Array,
  [rows, width]: readonly [number, number],
  block: number,
): QuantizedMatrix {
  const blocks = width / block;
  const bytes = new Uint8Array(values.length);
  const scales = new Float32Array(rows * blocks);
  for (let at = 0; at < scales.length; at++) {
    const from = at * block;
    let most = 0;
    for (let i = from; i < from + block; i++) most = Math.max(most, Math.abs(values[i] as number));
    const scale = most === 0 ? 1 : most / 127;
    scales[at] = scale;
    for (let i = from; i < from + block; i++) {
      bytes[i] = 128 + Math.round((values[i] as number) / scale);
    }
  }
  return {
    bytes: { dtype: "uint8", shape: [rows, blocks, block], data: bytes },
    scales: { dtype: "float32", shape: [rows, blocks], data: new Uint8Array(scales.buffer) },
  };
}
