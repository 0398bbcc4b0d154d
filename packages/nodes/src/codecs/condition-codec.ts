import type { ImageCondition } from "@insightgraph/editing/architectures";
import { pack, unpack, type ValueCodec } from "@insightgraph/engine/node";
import { joined } from "./joined.ts";
import { tensorCodec } from "./tensor-codec.ts";

/** The tokens, and the weight before them. */
export const conditionCodec: ValueCodec<ImageCondition> = {
  encode: ({ tokens, scale }) => pack(scale, [joined(tensorCodec.encode(tokens))]),
  decode(bytes) {
    const { head, parts } = unpack(bytes);
    return { tokens: tensorCodec.decode(parts[0] ?? new Uint8Array()), scale: Number(head) };
  },
};
