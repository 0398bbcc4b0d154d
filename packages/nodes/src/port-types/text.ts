import { definePort, pack, unpack } from "@insightgraph/engine/node";

/** A text. It is stored as JSON, which keeps halves of surrogate pairs. */
export const text = definePort<string>("text", {
  look: { role: "text", shape: "bar" },
  hash: (value) => value,
  preview: (value) => ({ kind: "text", text: value }),
  store: { encode: (value) => pack(value, []), decode: (bytes) => String(unpack(bytes).head) },
});
