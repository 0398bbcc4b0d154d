import { defineNode, param } from "@insightgraph/engine/node";
import { boolean } from "../port-types/boolean.ts";
import { number } from "../port-types/number.ts";

const relations = {
  less: (a: number, b: number) => a < b,
  "at-most": (a: number, b: number) => a <= b,
  equal: (a: number, b: number) => a === b,
  "at-least": (a: number, b: number) => a >= b,
  greater: (a: number, b: number) => a > b,
} as const;

export const numberCompare = defineNode({
  type: "number.compare",
  version: 1,
  title: "Compare numbers",
  doc: "Compares two numbers.",
  inputs: { a: number("First number."), b: number("Second number.") },
  params: {
    relation: param.choice({
      options: ["less", "at-most", "equal", "at-least", "greater"],
      default: "less",
      doc: "Relation of a to b to test for.",
    }),
  },
  outputs: { boolean: boolean("Whether the relation holds.") },
  run: ({ a, b }, { relation }) => ({ boolean: relations[relation](a, b) }),
});
