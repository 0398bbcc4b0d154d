import type { Detection } from "@insightgraph/editing/architectures";
import { definePort, pack, unpack } from "@insightgraph/engine/node";

const asJson = ({ label, score, box, description }: Detection) =>
  pack([label, score, box.left, box.top, box.right, box.bottom, description ?? null], []);

/** An object in a picture: what it is, how sure that is, and its box. */
export const detection = definePort<Detection>("detection", {
  look: { role: "mask", shape: "square" },
  hash: (value) => JSON.stringify(value),
  preview: ({ label, score, box }) => {
    const corners = [box.left, box.top, box.right, box.bottom].map(Math.round);
    return { kind: "text", text: `${label} ${score.toFixed(2)} at ${corners.join(", ")}` };
  },
  store: {
    encode: asJson,
    decode(bytes) {
      const [label, ...rest] = unpack(bytes).head as readonly unknown[];
      const [score = 0, left = 0, top = 0, right = 0, bottom = 0] = rest.slice(0, 5).map(Number);
      const found = { label: String(label), score, box: { left, top, right, bottom } };
      return typeof rest[5] === "string" ? { ...found, description: rest[5] } : found;
    },
  },
});
