import { unfitArgument } from "../errors.ts";
import type { Mask, Picture } from "../pictures/picture.ts";
import { requireMask } from "./require-mask.ts";

/** What happens to all that is not the object. */
export type BackgroundChange = "blur" | "grey" | "colour";

/** How the background changes. */
export interface BackgroundOptions {
  readonly change: BackgroundChange;
  /** Red, green, blue of "colour". */
  readonly colour: readonly number[];
  /** Radius of "blur", in shares of the picture's longer side. */
  readonly radius: number;
}

/** A running mean over 2 radius + 1 samples of one line, of background alone. */
function meanLine(
  sums: Float32Array,
  weights: Float32Array,
  line: { readonly start: number; readonly step: number; readonly length: number },
  radius: number,
): void {
  const { start, step, length } = line;
  const values = Float32Array.from({ length }, (_, at) => sums[start + at * step] as number);
  const shares = Float32Array.from({ length }, (_, at) => weights[start + at * step] as number);
  let [value, share] = [0, 0];
  for (let at = -radius; at < length; at++) {
    const [enters, leaves] = [at + radius, at - radius - 1];
    if (enters < length) {
      value += values[enters] as number;
      share += shares[enters] as number;
    }
    if (leaves >= 0) {
      value -= values[leaves] as number;
      share -= shares[leaves] as number;
    }
    if (at < 0) continue;
    sums[start + at * step] = value / (2 * radius + 1);
    weights[start + at * step] = share / (2 * radius + 1);
  }
}

/**
 * Blurs a plane by three running means, which come near a Gaussian; the object's pixels weigh nothing, so that its
 * colours do not bleed into the background.
 * Source: Wells, "Efficient synthesis of Gaussian filters by cascaded uniform filters", 1986.
 */
function blurChannel(
  { width, height, data }: Picture,
  mask: Mask,
  channel: number,
  radius: number,
) {
  const weights = Float32Array.from(mask.data, (value) => 1 - value / 255 + 1e-4);
  const sums = weights.map((weight, at) => weight * (data[3 * at + channel] ?? 0));
  for (let pass = 0; pass < 3; pass++) {
    for (let y = 0; y < height; y++) {
      meanLine(sums, weights, { start: y * width, step: 1, length: width }, radius);
    }
    for (let x = 0; x < width; x++) {
      meanLine(sums, weights, { start: x, step: width, length: height }, radius);
    }
  }
  return sums.map((sum, at) => sum / Math.max(1e-6, weights[at] ?? 0));
}

function greyAt({ data }: Picture, at: number): number {
  return (
    0.2126 * (data[3 * at] ?? 0) +
    0.7152 * (data[3 * at + 1] ?? 0) +
    0.0722 * (data[3 * at + 2] ?? 0)
  );
}

/** The new background's value by channel and pixel. */
function backgroundOf(picture: Picture, mask: Mask, options: BackgroundOptions) {
  const { change, colour, radius } = options;
  if (change === "grey") return (_: number, at: number) => greyAt(picture, at);
  if (change === "colour") return (channel: number) => colour[channel] ?? 0;
  const longer = Math.max(picture.width, picture.height);
  const reach = Math.max(1, Math.round((radius * longer) / 2));
  const planes = [0, 1, 2].map((channel) => blurChannel(picture, mask, channel, reach));
  return (channel: number, at: number) => planes[channel]?.[at] ?? 0;
}

/**
 * Changes all that a mask does not cover; the object's pixels stay as they are.
 * Throws: argument.unfit at `mask` where it is empty, covers all or is of another size.
 */
export function changeBackground(
  picture: Picture,
  mask: Mask,
  options: BackgroundOptions,
): Picture {
  requireMask(picture, mask);
  if (!mask.data.some((value) => value < 255)) {
    const hint = "Give a mask that is white on the object alone.";
    throw unfitArgument("mask", "the mask covers all, so there is no background.", hint);
  }
  const background = backgroundOf(picture, mask, options);
  const data = Uint8Array.from(picture.data);
  for (let at = 0; at < mask.data.length; at++) {
    const share = 1 - (mask.data[at] ?? 0) / 255;
    if (share === 0) continue;
    for (let c = 0; c < 3; c++) {
      const old = data[3 * at + c] ?? 0;
      data[3 * at + c] = Math.round(old + (background(c, at) - old) * share);
    }
  }
  return { ...picture, data };
}
