import { defineNode, param } from "@insightgraph/engine/node";
import { number } from "../port-types/number.ts";

export const seedValue = defineNode({
  type: "seed.value",
  version: 1,
  title: "Seed",
  doc: "A random seed. Equal seeds give equal results.",
  inputs: {},
  params: { seed: param.seed({ default: 1, doc: "Seed, a whole number." }) },
  outputs: { seed: number("The seed.") },
  run: (_, { seed }) => ({ seed }),
});
