import { definePort, type ValueCodec } from "@insightgraph/engine/node";

/** A double in eight bytes, little-endian. */
const doubleCodec: ValueCodec<number> = {
  encode(value) {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setFloat64(0, value, true);
    return bytes;
  },
  decode: (bytes) => new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0, true),
};

/** A finite number. Seeds are numbers too. */
export const number = definePort<number>("number", {
  look: { role: "number", shape: "circle" },
  hash: String,
  preview: (value) => ({ kind: "text", text: String(value) }),
  store: doubleCodec,
});
