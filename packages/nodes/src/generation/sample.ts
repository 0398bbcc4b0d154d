import { defineNode, param } from "@insightgraph/engine/node";
import { condition, feature, imageCondition, latent, unet } from "../model-port-types.ts";
import { sampleEdit } from "./sample-edit.ts";

/** Source: InsightEdit (arXiv:2411.17323), figure 3; InstructPix2Pix (arXiv:2211.09800), eq. 3. */
export const sample = defineNode({
  type: "generation.sample",
  version: 1,
  title: "Sample",
  doc: "Draws the edited latent from noise with decoupled cross-attention over text and image conditions.",
  inputs: {
    source: latent("Latent of the source picture."),
    condition: condition("f_txt from the text bridge."),
    visual: feature("v_t from the text bridge.", { shape: ["c", "h", "w"] }),
    imageCondition: imageCondition.optional("f_img. Omitted: the image half is silent."),
    model: unet("Denoising network."),
  },
  params: {
    steps: param.integer({ default: 2, min: 1, max: 100, doc: "Denoising steps." }),
    textGuidance: param.number({
      default: 1,
      min: 0,
      max: 10,
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
    seed: param.seed({ default: 1, doc: "Start of the noise." }),
  },
  outputs: { latent: latent("Latent of the edited picture.") },
  async run({ model, ...inputs }, settings, context) {
    const { signal, progress } = context;
    const onStep = (done: number, value: unknown): void => progress(done, settings.steps, value);
    return { latent: await sampleEdit(context, model, inputs, settings, { signal, onStep }) };
  },
});
