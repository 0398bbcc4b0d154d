const signature: readonly number[] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Bytes of a chunk besides its data: length, name, checksum. */
export const frameBytes = 12;

/** One chunk of a PNG file; both arrays are views. */
export interface Chunk {
  readonly name: string;
  readonly data: Uint8Array;
  /** With length, name and checksum. */
  readonly whole: Uint8Array;
}

/** Whether bytes begin like a PNG file. */
export function isPng(bytes: Uint8Array): boolean {
  return signature.every((byte, at) => bytes[at] === byte);
}

/**
 * The chunks of a PNG file, up to its end or the first that is cut off; none for other bytes.
 * Source: PNG specification (W3C), 5.3 chunk layout.
 */
export function* chunksOf(bytes: Uint8Array): Generator<Chunk> {
  if (!isPng(bytes)) return;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = signature.length; at + frameBytes <= bytes.length; ) {
    const length = view.getUint32(at);
    const end = at + frameBytes + length;
    if (end > bytes.length) return;
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    yield { name, data: bytes.subarray(at + 8, at + 8 + length), whole: bytes.subarray(at, end) };
    if (name === "IEND") return;
    at = end;
  }
}

/** A PNG file of whole chunks. */
export function joinChunks(chunks: readonly Uint8Array[]): Uint8Array {
  const parts = [Uint8Array.from(signature), ...chunks];
  const file = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}
