import { findComponent } from "@insightgraph/editing/checkpoints";
import { defineNode, param } from "@insightgraph/engine/node";
import { parseScheduler, type SamplerName, samplerClasses } from "@insightgraph/models";
import { scheduler } from "../port-types/scheduler.ts";
import { blameParam, checkpointParam } from "./checkpoint-param.ts";

const own = "as in the checkpoint";
const samplers = Object.keys(samplerClasses) as SamplerName[];

export const modelScheduler = defineNode({
  type: "model.scheduler",
  version: 1,
  title: "Scheduler",
  doc: "Loads the noise schedule of a checkpoint, with its own solver or another one.",
  inputs: {},
  params: {
    checkpoint: checkpointParam("instruct-pix2pix"),
    sampler: param.choice({ options: [own, ...samplers], default: own, doc: "Solver (sampler)." }),
  },
  outputs: { scheduler: scheduler("Solver and noise schedule.") },
  fingerprint: ({ checkpoint }) =>
    blameParam("checkpoint", async () => (await findComponent(checkpoint, "scheduler")).digest),
  run: (_, { checkpoint, sampler }) =>
    blameParam("checkpoint", async () => {
      const { config } = await findComponent(checkpoint, "scheduler");
      const as = samplers.find((name) => name === sampler);
      return { scheduler: parseScheduler(config, as) };
    }),
});
