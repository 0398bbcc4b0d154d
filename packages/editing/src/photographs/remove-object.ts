import type { Box } from "../architectures/detector.ts";
import { cut, cutMask, paste, type Region, type Size } from "../pictures/canvas.ts";
import type { Mask, Picture } from "../pictures/picture.ts";
import { type FillControl, fillHole } from "./fill/fill-hole.ts";
import { depthIn } from "./fill/level.ts";
import { extentOf, growMask, touching, withShadow } from "./grow-mask.ts";
import { likeObject } from "./like-object.ts";
import { labelParts } from "./mask-parts.ts";
import { requireGuessable } from "./require-guessable.ts";
import { requireMask, requireSameSize } from "./require-mask.ts";
import { wholeMask } from "./whole-mask.ts";

/** How an object is removed. */
export interface RemoveOptions extends FillControl {
  /** How far the mask is grown, in shares of the object's longer side. */
  readonly grow: number;
  /** Whether the object's shadow goes with it. */
  readonly shadow: boolean;
  /** Where nothing is to be copied from, such as other objects. */
  readonly avoid?: Mask | undefined;
  /** Largest share of the picture that is filled where the rest is not plain. @default 1, any */
  readonly mostArea?: number;
}

/** How much of the surroundings is searched on each side, in the object's longer sides. */
const surroundings = 1.2;
/** At least so many pixels on each side. */
const leastSurroundings = 48;
/** How far from the mask what it missed of the object is looked for, in the object's longer sides. */
const missedReach = 0.05;
/** Smaller parts of what looks like the object, in shares of its area, are none. */
const leastLikePart = 0.01;

const longerSide = ({ left, top, right, bottom }: Box): number =>
  Math.max(right - left, bottom - top);

function regionAround(object: Box, { width, height }: Size): Region {
  const margin = Math.max(leastSurroundings, Math.round(surroundings * longerSide(object)));
  const left = Math.max(0, object.left - margin);
  const top = Math.max(0, object.top - margin);
  return {
    left,
    top,
    width: Math.min(width, object.right + margin) - left,
    height: Math.min(height, object.bottom + margin) - top,
  };
}

/** The object with what belongs to it around: what its mask missed, its shadow, and a rim. */
function holeOf(part: Picture, object: Mask, like: Uint8Array, options: RemoveOptions): Mask {
  const longer = longerSide(extentOf(object));
  const near = growMask(object, Math.round(missedReach * longer));
  const isMissed = (at: number): boolean => near.data[at] !== 0 && like[at] === 1;
  const data = object.data.map((value, at) => (value > 0 || isMissed(at) ? 255 : 0));
  const whole = touching({ ...object, data }, object);
  const dark = options.shadow ? withShadow(part, whole) : whole;
  return growMask(dark, Math.round(options.grow * longer));
}

/** Parts of what is like the object that are large enough to be another one; specks would bar much around them. */
function largeParts(like: Uint8Array, object: Mask): Uint8Array {
  const { labels, areas } = labelParts({ ...object, data: like });
  const least = leastLikePart * flags(object).reduce((sum, value) => sum + value, 0);
  return like.map((value, at) => ((areas[labels[at] ?? 0] ?? 0) >= least ? value : 0));
}

const flags = ({ data }: Mask): Uint8Array => data.map((value) => (value > 0 ? 1 : 0));

/** A picture without an object, and everything that was filled for it. */
export interface Removal {
  readonly picture: Picture;
  readonly filled: Mask;
  /** A sentence where the filling is often wrong. */
  readonly doubt?: string | undefined;
}

/**
 * Removes what a mask covers and fills its place with patches of the surroundings, at the picture's own size.
 * Pixels outside of the grown mask stay as they are, bit for bit; what looks like the object is never copied.
 * Throws: argument.unfit at `mask` where it is empty, covers all or too much, or is of another size; at `avoid`.
 */
export async function removeObject(
  picture: Picture,
  mask: Mask,
  options: RemoveOptions,
): Promise<Removal> {
  requireMask(picture, mask);
  if (options.avoid !== undefined) requireSameSize(picture, options.avoid, "avoid");
  const region = regionAround(extentOf(mask), picture);
  const part = cut(picture, region);
  const object = cutMask(mask, region);
  const like = likeObject(part, flags(object));
  const avoid = options.avoid && cutMask(options.avoid, region).data;
  const barred = largeParts(like, object);
  const filled = holeOf(part, object, like, options);
  const hole = flags(filled);
  const whole = wholeMask(filled, region, picture);
  const doubt = requireGuessable(picture, whole, options.mostArea ?? 1);
  const level = {
    width: region.width,
    height: region.height,
    pixels: part.data,
    hole,
    depth: depthIn({ width: region.width, hole }),
    barred: avoid === undefined ? barred : barred.map((value, at) => value | (avoid[at] ? 1 : 0)),
  };
  await fillHole(level, options);
  const edited = { ...picture, data: Uint8Array.from(picture.data) };
  paste(edited, part, region.left, region.top);
  return { picture: edited, filled: whole, doubt };
}
