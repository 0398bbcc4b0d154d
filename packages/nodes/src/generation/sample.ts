import { defineNode, param } from "@insightgraph/engine/node";
import {
  condition,
  feature,
  imageCondition,
  latent,
  scheduler,
  unet,
} from "../model-port-types.ts";
import { sampleLatent } from "./sample-latent.ts";

/** Source: InsightEdit (arXiv:2411.17323), figure 3; InstructPix2Pix (arXiv:2211.09800), eq. 3. */
export const sample = defineNode({
  type: "generation.sample",
  version: 1,
  title: "Sample",
  doc: "Draws the edited latent from noise with decoupled cross-attention over text and image conditions.",
  inputs: {
    source: latent("Latent of the source picture."),
    condition: condition("f_txt from the text bridge, or a text encoder's states."),
    negative: condition.optional("What stands for no text. Omitted: what the network learnt."),
    visual: feature.optional("v_t from the text bridge. Omitted: nothing is added.", {
      shape: ["vc", "h", "w"],
    }),
    imageCondition: imageCondition.optional("f_img. Omitted: the image half is silent."),
    scheduler: scheduler.optional("Solver and noise. Omitted: as the network was made for."),
    model: unet("Denoising network."),
  },
  params: {
    steps: param.integer({ default: 2, min: 1, max: 1000, doc: "Denoising steps." }),
    textGuidance: param.number({
      default: 1,
      min: 0,
      max: 30,
      step: 0.1,
      doc: "Pull towards the instruction; 1 is as learnt.",
    }),
    imageGuidance: param.number({
      default: 1,
      min: 0,
      max: 10,
      step: 0.1,
      doc: "Pull towards the source; 1 is as learnt.",
    }),
    guidanceRescale: param.number({
      default: 0,
      min: 0,
      max: 1,
      step: 0.05,
      doc: "Takes away the excess contrast of strong guidance; 0 leaves it.",
    }),
    eta: param.number({
      default: 0,
      min: 0,
      max: 1,
      step: 0.05,
      doc: "Noise that DDIM adds at each step; other solvers do not ask.",
    }),
    seed: param.seed({ default: 1, doc: "Start of the noise." }),
    noiseScale: param.number({
      default: 1,
      min: 0,
      max: 1,
      step: 0.05,
      doc: "Weight of the first noise: the less, the nearer the edit to the mean of all that could be drawn, and to those of other seeds.",
    }),
  },
  outputs: { latent: latent("Latent of the edited picture.") },
  async run({ model, scheduler: wished, ...inputs }, settings, context) {
    const { signal, progress } = context;
    const wish = { ...settings, scheduler: wished };
    const onStep = progress;
    return { latent: await sampleLatent(context, model, inputs, wish, { signal, onStep }) };
  },
});
