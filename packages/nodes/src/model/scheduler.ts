import { defineNode, param } from "@insightgraph/engine/node";
import { parseScheduler, type SamplerName, samplerClasses } from "@insightgraph/models";
import { findComponent } from "../checkpoints/find-component.ts";
import { scheduler } from "../model-port-types.ts";
import { checkpointParam, opened } from "./checkpoint-param.ts";
import { fingerprintOf } from "./fingerprint.ts";

const own = "as in the checkpoint";
const samplers = Object.keys(samplerClasses) as SamplerName[];

export const schedulerModel = defineNode({
  type: "model.scheduler",
  version: 1,
  title: "Scheduler",
  doc: "How noise becomes a picture: a checkpoint's noise schedule with its own solver or another.",
  inputs: {},
  params: {
    checkpoint: checkpointParam("instruct-pix2pix"),
    sampler: param.choice({ options: [own, ...samplers], default: own, doc: "Noise solver." }),
  },
  outputs: { scheduler: scheduler("Solver and noise.") },
  fingerprint: ({ checkpoint }) => fingerprintOf(checkpoint, "scheduler"),
  async run(_, { checkpoint, sampler }) {
    const { config } = await findComponent(checkpoint, "scheduler");
    const as = samplers.find((name) => name === sampler);
    // Latents know no bounds, so that the clipping which DDIM and DDPM assume would spoil them.
    const unbounded = { clip_sample: false, ...config };
    return { scheduler: await opened(() => parseScheduler(unbounded, as)) };
  },
});
