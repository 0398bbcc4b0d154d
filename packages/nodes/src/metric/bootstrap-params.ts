import { param } from "@insightgraph/engine/node";

/** How intervals are drawn. */
export const bootstrapParams = {
  samples: param.integer({
    default: 10_000,
    min: 100,
    max: 1_000_000,
    doc: "How often the items are drawn anew for the interval.",
  }),
  seed: param.seed({ default: 1, doc: "Seed of these draws." }),
};
