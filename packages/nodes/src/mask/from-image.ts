import type { Mask, Picture } from "@insightgraph/editing/pictures";
import { defineNode, param } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";

/** Luminance is that of Rec. 709, applied to the encoded values. */
const channels = {
  luminance: (r: number, g: number, b: number) => 0.2126 * r + 0.7152 * g + 0.0722 * b,
  brightest: (r: number, g: number, b: number) => Math.max(r, g, b),
  red: (r: number) => r,
  green: (_: number, g: number) => g,
  blue: (_r: number, _g: number, b: number) => b,
} as const;

type Channel = (r: number, g: number, b: number) => number;

export const maskFromImage = defineNode({
  type: "mask.from-image",
  version: 1,
  title: "Mask from picture",
  doc: "Converts a picture to a mask: black is unselected, white is selected.",
  inputs: { image: image("Picture to convert.") },
  params: {
    channel: param.choice({
      options: ["luminance", "brightest", "red", "green", "blue"],
      default: "luminance",
      doc: "Value to use: luminance, the brightest channel, or a single channel.",
    }),
  },
  outputs: { mask: mask("Mask at the picture's size.") },
  run: (inputs, { channel }) => ({ mask: readMask(inputs.image, channels[channel]) }),
});

function readMask({ width, height, data }: Picture, channel: Channel): Mask {
  const read = new Uint8Array(width * height);
  for (let pixel = 0; pixel < read.length; pixel++) {
    const at = pixel * 3;
    read[pixel] = Math.round(channel(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0));
  }
  return { width, height, data: read };
}
