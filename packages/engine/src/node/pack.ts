import type { Json } from "../graph/document.ts";

/** Plain data and byte parts, as `unpack` returns them. */
export interface Packed {
  readonly head: Json;
  readonly parts: readonly Uint8Array[];
}

/** Bytes of each length, little-endian. */
const lengthBytes = 4;

/** Bytes in one piece, or in several that follow each other. */
type Pieces = Uint8Array | readonly Uint8Array[];

/** A part after its length. Nothing is copied: a part can be the pixels of a large picture. */
function withLength(part: Pieces): readonly Uint8Array[] {
  const pieces = part instanceof Uint8Array ? [part] : part;
  const length = new Uint8Array(lengthBytes);
  const sum = pieces.reduce((bytes, { byteLength }) => bytes + byteLength, 0);
  new DataView(length.buffer).setUint32(0, sum, true);
  return [length, ...pieces];
}

/** Joins plain data and byte parts, each after its length, for `unpack`. */
export function pack(head: Json, parts: readonly Pieces[]): readonly Uint8Array[] {
  return [new TextEncoder().encode(JSON.stringify(head)), ...parts].flatMap(withLength);
}

/** Splits what `pack` joined; the parts are views. Throws: RangeError where bytes are missing. */
export function unpack(bytes: Uint8Array): Packed {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const all: Uint8Array[] = [];
  for (let at = 0; at < bytes.byteLength; ) {
    const start = at + lengthBytes;
    const end = start + view.getUint32(at, true);
    if (end > bytes.byteLength) throw new RangeError("the bytes end before their last part does");
    all.push(bytes.subarray(start, end));
    at = end;
  }
  const [head, ...parts] = all;
  if (head === undefined) throw new RangeError("there are no bytes");
  return { head: JSON.parse(new TextDecoder().decode(head)) as Json, parts };
}
