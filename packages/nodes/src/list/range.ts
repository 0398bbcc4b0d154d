import { defineNode, listOf, param } from "@insightgraph/engine/node";
import { number } from "../port-types/number.ts";

export const listRange = defineNode({
  type: "list.range",
  version: 1,
  title: "Range of numbers",
  doc: "Evenly spaced numbers, for sweeps and seeds.",
  inputs: {},
  params: {
    start: param.number({ default: 1, doc: "First number." }),
    step: param.number({ default: 1, doc: "Difference between neighbours." }),
    count: param.integer({ default: 4, min: 0, max: 1_000_000, doc: "Number of values." }),
  },
  outputs: { numbers: listOf(number)("The numbers, in order.") },
  // Each value is computed from the start, so that rounding errors do not accumulate.
  run: (_, { start, step, count }) => ({
    numbers: Array.from({ length: count }, (_item, at) => {
      return Number((start + at * step).toPrecision(12));
    }),
  }),
});
