import { definePort } from "@insightgraph/engine/node";

/** Yes or no. */
export const boolean = definePort<boolean>("boolean", {
  look: { role: "number", shape: "frame" },
  hash: String,
  preview: (value) => ({ kind: "text", text: value ? "yes" : "no" }),
  store: {
    encode: (value) => Uint8Array.of(value ? 1 : 0),
    decode: (bytes) => bytes[0] === 1,
  },
});
