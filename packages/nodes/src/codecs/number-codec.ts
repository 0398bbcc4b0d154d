import type { ValueCodec } from "@insightgraph/engine/node";

/** The eight bytes of a double, lowest first. */
export const numberCodec: ValueCodec<number> = {
  encode(value) {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setFloat64(0, value, true);
    return bytes;
  },
  decode: (bytes) => new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0, true),
};
