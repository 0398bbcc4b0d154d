import { unfitArgument } from "../errors.ts";
import { type Size, sizeText } from "./canvas.ts";
import type { Mask, Picture } from "./picture.ts";

/** Blend modes over channels of 0 to 255. Source: W3C Compositing and Blending Level 1, section 9.1. */
const modes = {
  normal: (_: number, top: number) => top,
  multiply: (base: number, top: number) => (base * top) / 255,
  screen: (base: number, top: number) => base + top - (base * top) / 255,
  darken: (base: number, top: number) => Math.min(base, top),
  lighten: (base: number, top: number) => Math.max(base, top),
  difference: (base: number, top: number) => Math.abs(base - top),
} as const;

/** Name of a blend mode. */
export type BlendMode = keyof typeof modes;

/** How one picture is laid over another. */
export interface BlendOptions {
  /** Where the upper picture shows. @default everywhere */
  readonly mask?: Mask | undefined;
  /** Opacity of the upper picture, 0 to 1. */
  readonly opacity: number;
  readonly mode: BlendMode;
}

function requireSize(base: Size, other: Size, name: "top" | "mask", hint: string): void {
  if (base.width === other.width && base.height === other.height) return;
  const what = `the ${name} has ${sizeText(other)}, but the base has ${sizeText(base)}`;
  throw unfitArgument(name, what, hint);
}

/** Blends one picture over another of the same size. Throws: argument.unfit at `top` or `mask` for another size. */
export function blendPictures(
  base: Picture,
  top: Picture,
  { mask, opacity, mode }: BlendOptions,
): Picture {
  requireSize(base, top, "top", 'Put "image.resize" before it, with the base as "like".');
  if (mask !== undefined) {
    requireSize(base, mask, "mask", 'Put "mask.resize" before it, with the base as "like".');
  }
  const blend = modes[mode];
  const data = new Uint8Array(base.data.length);
  for (let pixel = 0, at = 0; at < data.length; pixel++) {
    const share = mask === undefined ? opacity : (opacity * (mask.data[pixel] ?? 0)) / 255;
    for (const end = at + 3; at < end; at++) {
      const under = base.data[at] ?? 0;
      data[at] = Math.round(under + (blend(under, top.data[at] ?? 0) - under) * share);
    }
  }
  return { width: base.width, height: base.height, channels: 3, data };
}
