import type { ValueCodec } from "@insightgraph/engine/node";

/** One byte. */
export const booleanCodec: ValueCodec<boolean> = {
  encode: (value) => Uint8Array.of(value ? 1 : 0),
  decode: (bytes) => bytes[0] === 1,
};
