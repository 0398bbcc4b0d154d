import { sampleLatent } from "@insightgraph/editing/sampling";
import { defineNode, param } from "@insightgraph/engine/node";
import { condition } from "../port-types/condition.ts";
import { feature } from "../port-types/feature.ts";
import { imageCondition } from "../port-types/image-condition.ts";
import { latent } from "../port-types/latent.ts";
import { unet } from "../port-types/model-unet.ts";
import { scheduler } from "../port-types/scheduler.ts";

/** Source: InsightEdit (arXiv:2411.17323), figure 3; InstructPix2Pix (arXiv:2211.09800), eq. 3. */
export const generationSample = defineNode({
  type: "generation.sample",
  version: 1,
  title: "Sample",
  doc: "Draws the edited latent from noise with decoupled cross-attention over text and image conditions.",
  inputs: {
    source: latent("Latent of the source picture."),
    condition: condition("f_txt from the text bridge, or a text encoder's states."),
    negative: condition.optional(
      "Unconditional (negative) conditioning. Default: the learned null text.",
    ),
    visual: feature.optional("v_t from the text bridge. Default: nothing is added.", {
      shape: ["vc", "h", "w"],
    }),
    imageCondition: imageCondition.optional("f_img. Default: the image half is off."),
    scheduler: scheduler.optional("Solver and noise schedule. Default: those of the checkpoint."),
    model: unet("Denoising network."),
  },
  params: {
    steps: param.integer({ default: 2, min: 1, max: 1000, doc: "Denoising steps." }),
    textGuidance: param.number({
      default: 1,
      min: 0,
      max: 30,
      step: 0.1,
      doc: "Pull towards the instruction; 1 is as trained.",
    }),
    imageGuidance: param.number({
      default: 1,
      min: 0,
      max: 10,
      step: 0.1,
      doc: "Pull towards the source; 1 is as trained.",
    }),
    guidanceRescale: param.number({
      default: 0,
      min: 0,
      max: 1,
      step: 0.05,
      doc: "Removes the excess contrast of strong guidance; 0 keeps it.",
    }),
    eta: param.number({
      default: 0,
      min: 0,
      max: 1,
      step: 0.05,
      doc: "Noise added at each step. DDIM only.",
    }),
    seed: param.seed({ default: 1, doc: "Seed of the noise." }),
    noiseScale: param.number({
      default: 1,
      min: 0,
      max: 1,
      step: 0.05,
      doc: "Scale of the initial noise. Lower values give the average edit and make seeds matter less.",
    }),
  },
  outputs: { latent: latent("Latent of the edited picture.") },
  async run({ model, scheduler: solver, ...inputs }, params, context) {
    const { signal, progress } = context;
    const settings = { ...params, scheduler: solver };
    const hooks = { signal, onStep: progress };
    return { latent: await sampleLatent(context, model, inputs, settings, hooks) };
  },
});
