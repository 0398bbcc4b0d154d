import type { NamedObject } from "@insightgraph/editing/assistants";
import { definePort, pack, unpack } from "@insightgraph/engine/node";

const codeOf = ({ category, name, description }: NamedObject) =>
  pack([category, name, description], []);

/** An object that a caption names. */
export const namedObject = definePort<NamedObject>("named-object", {
  look: { role: "text", shape: "square" },
  hash: ({ category, name, description }) => JSON.stringify([category, name, description]),
  preview: ({ name, description }) => ({ kind: "text", text: `${name}: ${description}` }),
  store: {
    encode: codeOf,
    decode(bytes) {
      const [category = "", name = "", description = ""] = unpack(bytes).head as readonly string[];
      return { category, name, description };
    },
  },
});
