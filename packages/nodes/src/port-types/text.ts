import { definePort, pack, unpack } from "@insightgraph/engine/node";

/** A text. Stored as JSON, which preserves lone surrogates. */
export const text = definePort<string>("text", {
  look: { role: "text", shape: "bar" },
  hash: (value) => value,
  preview: (value) => ({ kind: "text", text: value }),
  store: { encode: (value) => pack(value, []), decode: (bytes) => String(unpack(bytes).head) },
});
