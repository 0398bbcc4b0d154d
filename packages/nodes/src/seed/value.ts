import { defineNode, param } from "@insightgraph/engine/node";
import { number } from "../port-types/number.ts";

export const seedValue = defineNode({
  type: "seed.value",
  version: 1,
  title: "Seed",
  doc: "A seed of random numbers: equal seeds give equal results.",
  inputs: {},
  params: { seed: param.seed({ default: 1, doc: "The seed, a whole number." }) },
  outputs: { seed: number("The seed.") },
  run: (_, { seed }) => ({ seed }),
});
