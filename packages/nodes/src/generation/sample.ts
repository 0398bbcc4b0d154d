import { sampleLatent } from "@insightgraph/editing/sampling";
import { defineNode, listOf, param } from "@insightgraph/engine/node";
import { condition } from "../port-types/condition.ts";
import { feature } from "../port-types/feature.ts";
import { imageCondition } from "../port-types/image-condition.ts";
import { latent } from "../port-types/latent.ts";
import { mask } from "../port-types/mask.ts";
import { unet } from "../port-types/model-unet.ts";
import { scheduler } from "../port-types/scheduler.ts";

/** Source: InsightEdit (arXiv:2411.17323), figure 3; InstructPix2Pix (arXiv:2211.09800), eq. 3. */
export const generationSample = defineNode({
  type: "generation.sample",
  version: 1,
  title: "Sample",
  doc: "Samples the edited latent from noise, conditioned on text and image through decoupled cross-attention.",
  inputs: {
    source: latent(
      "Latent of the source picture; for an inpainting network, with the mask hidden.",
    ),
    references: listOf(latent).optional(
      "Latents of further pictures, for a network that sees several, such as FLUX.2 [klein]. Default: none.",
    ),
    mask: mask.optional("Where an inpainting network fills. Other networks take no mask."),
    condition: condition(
      "Text conditioning: f_txt from the text bridge, or a text encoder's states.",
    ),
    negative: condition.optional(
      "Unconditional (negative) conditioning. Default: the learned null text.",
    ),
    visual: feature.optional("Visual feature v_t from the text bridge. Default: none.", {
      shape: ["vc", "h", "w"],
    }),
    imageCondition: imageCondition.optional(
      "Image conditioning f_img. Default: no image conditioning.",
    ),
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
      doc: "Guidance scale of the text. Higher values follow the instruction more closely; 1 turns guidance off.",
    }),
    imageGuidance: param.number({
      default: 1,
      min: 0,
      max: 10,
      step: 0.1,
      doc: "Guidance scale of the source picture. Higher values stay closer to it; 1 turns guidance off.",
    }),
    guidanceRescale: param.number({
      default: 0,
      min: 0,
      max: 1,
      step: 0.05,
      doc: "How far to reduce the excess contrast of strong guidance, 0 to 1. 0 leaves it.",
    }),
    eta: param.number({
      default: 0,
      min: 0,
      max: 1,
      step: 0.05,
      doc: "Noise added at each step: 0 is deterministic. DDIM only.",
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
