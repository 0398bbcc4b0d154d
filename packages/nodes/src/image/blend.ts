import type { Mask, Picture } from "@insightgraph/editing/pictures";
import { type Size, sizeText } from "@insightgraph/editing/pictures";
import { defineNode, inputError, param } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";

/** Channels are 0 to 255. Source: W3C Compositing and Blending Level 1, section 9.1. */
const modes = {
  normal: (_: number, top: number) => top,
  multiply: (base: number, top: number) => (base * top) / 255,
  screen: (base: number, top: number) => base + top - (base * top) / 255,
  darken: (base: number, top: number) => Math.min(base, top),
  lighten: (base: number, top: number) => Math.max(base, top),
  difference: (base: number, top: number) => Math.abs(base - top),
} as const;

type Mode = (base: number, top: number) => number;

export const imageBlend = defineNode({
  type: "image.blend",
  version: 1,
  title: "Blend pictures",
  doc: "Blends one picture over another of the same size. A mask limits it to the white area.",
  inputs: {
    base: image("Lower picture."),
    top: image("Upper picture."),
    mask: mask.optional("Where the upper picture shows. Default: everywhere."),
  },
  params: {
    opacity: param.number({
      default: 1,
      min: 0,
      max: 1,
      step: 0.05,
      doc: "Opacity of the upper picture, 0 to 1.",
    }),
    mode: param.choice({
      options: ["normal", "multiply", "screen", "darken", "lighten", "difference"],
      default: "normal",
      doc: "Blend mode.",
    }),
  },
  outputs: { image: image("Blended picture.") },
  run({ base, top, mask: shown }, { opacity, mode }) {
    requireSize(base, top, "top", 'Put "image.resize" before it, with the base as "like".');
    if (shown !== undefined) {
      const hint = 'Put "mask.resize" before it, with the base as "like".';
      requireSize(base, shown, "mask", hint);
    }
    return { image: blend(base, top, shown, opacity, modes[mode]) };
  },
});

function requireSize(base: Size, other: Size, input: string, hint: string): void {
  if (base.width === other.width && base.height === other.height) return;
  const what = `the ${input} has ${sizeText(other)}, but the base has ${sizeText(base)}`;
  throw inputError(what, { input, hint });
}

function blend(
  base: Picture,
  top: Picture,
  shown: Mask | undefined,
  opacity: number,
  mode: Mode,
): Picture {
  const data = new Uint8Array(base.data.length);
  for (let pixel = 0, at = 0; at < data.length; pixel++) {
    const share = shown === undefined ? opacity : (opacity * (shown.data[pixel] ?? 0)) / 255;
    for (const end = at + 3; at < end; at++) {
      const under = base.data[at] ?? 0;
      data[at] = Math.round(under + (mode(under, top.data[at] ?? 0) - under) * share);
    }
  }
  return { width: base.width, height: base.height, channels: 3, data };
}
