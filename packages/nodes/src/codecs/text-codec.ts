import { pack, unpack, type ValueCodec } from "@insightgraph/engine/node";

/** As JSON, which keeps halves of surrogate pairs. */
export const textCodec: ValueCodec<string> = {
  encode: (text) => pack(text, []),
  decode: (bytes) => String(unpack(bytes).head),
};
