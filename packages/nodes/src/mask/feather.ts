import type { Mask } from "@insightgraph/editing/pictures";
import { defineNode, param } from "@insightgraph/engine/node";
import sharp from "sharp";
import { mask } from "../port-types/mask.ts";

/** A narrower Gaussian changes no value by more than 1 of 255. */
const minSigma = 0.3;

export const maskFeather = defineNode({
  type: "mask.feather",
  version: 1,
  title: "Feather",
  doc: "Softens the edges of a mask with a Gaussian blur.",
  inputs: { mask: mask("Mask to soften.") },
  params: {
    sigma: param.number({
      default: 4,
      min: 0,
      max: 256,
      step: 0.5,
      doc: "Standard deviation of the Gaussian in pixels. 0 leaves the mask unchanged.",
    }),
  },
  outputs: { mask: mask("Soft mask.") },
  async run(inputs, { sigma }, { signal }) {
    if (sigma < minSigma) return { mask: inputs.mask };
    const soft = await blur(inputs.mask, sigma);
    signal.throwIfAborted();
    return { mask: soft };
  },
});

async function blur({ width, height, data }: Mask, sigma: number): Promise<Mask> {
  const soft = await sharp(data, { raw: { width, height, channels: 1 } })
    .blur({ sigma, precision: "float", minAmplitude: 0.01 })
    .toColourspace("b-w")
    .raw()
    .toBuffer();
  return { width, height, data: new Uint8Array(soft) };
}
