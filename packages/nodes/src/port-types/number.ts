import { definePort, type ValueCodec } from "@insightgraph/engine/node";

/** The eight bytes of a double, lowest first. */
const doubleCodec: ValueCodec<number> = {
  encode(value) {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setFloat64(0, value, true);
    return bytes;
  },
  decode: (bytes) => new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0, true),
};

/** A finite number; a seed is one too. */
export const number = definePort<number>("number", {
  look: { role: "number", shape: "circle" },
  hash: String,
  preview: (value) => ({ kind: "text", text: String(value) }),
  store: doubleCodec,
});
