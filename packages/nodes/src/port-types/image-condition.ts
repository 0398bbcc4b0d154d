import type { ImageCondition } from "@insightgraph/editing/architectures";
import { definePort, pack, unpack, type ValueCodec } from "@insightgraph/engine/node";
import { joined } from "./joined.ts";
import { tensorCodec } from "./tensor-codec.ts";
import { hashTensor, previewShape } from "./tensor-port.ts";

/** Stores the scale, then the tokens. */
const conditionCodec: ValueCodec<ImageCondition> = {
  encode: ({ tokens, scale }) => pack(scale, [joined(tensorCodec.encode(tokens))]),
  decode(bytes) {
    const { head, parts } = unpack(bytes);
    return { tokens: tensorCodec.decode(parts[0] ?? new Uint8Array()), scale: Number(head) };
  },
};

/** Image conditioning f_img and its scale. */
export const imageCondition = definePort<ImageCondition>("condition.image", {
  look: { role: "condition", shape: "circle" },
  shape: ["k", "e"],
  hash: ({ tokens, scale }) => [...hashTensor(tokens), `${scale}`],
  preview: ({ tokens }) => previewShape(tokens),
  store: conditionCodec,
});
