import { definePort } from "@insightgraph/engine/node";
import type { SchedulerConfig } from "@insightgraph/models";

/** Solver and noise schedule of the diffusion. */
export const scheduler = definePort<SchedulerConfig>("scheduler", {
  look: { role: "model", shape: "bar" },
  hash: (config) => JSON.stringify(config),
  preview: ({ sampler, prediction }) => ({ kind: "text", text: `${sampler}, ${prediction}` }),
});
