import { defineNode, listOf, param } from "@insightgraph/engine/node";
import { number } from "../port-types/number.ts";

export const listRange = defineNode({
  type: "list.range",
  version: 1,
  title: "Range of numbers",
  doc: "Numbers at equal distances: for sweeps, and for seeds.",
  inputs: {},
  params: {
    start: param.number({ default: 1, doc: "The first number." }),
    step: param.number({ default: 1, doc: "How far each lies from the one before." }),
    count: param.integer({ default: 4, min: 0, max: 1_000_000, doc: "How many there are." }),
  },
  outputs: { numbers: listOf(number)("The numbers in their order.") },
  // Each is reckoned from the start, so that errors of rounding do not add up.
  run: (_, { start, step, count }) => ({
    numbers: Array.from({ length: count }, (_item, at) => {
      return Number((start + at * step).toPrecision(12));
    }),
  }),
});
