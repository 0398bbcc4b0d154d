import type { Box } from "../architectures/detector.ts";
import { nothingStandsOut, type Segmenter } from "../architectures/segmenter.ts";
import { unfitArgument } from "../errors.ts";
import { cut, type Size } from "../pictures/canvas.ts";
import type { Mask, Picture } from "../pictures/picture.ts";
import { resample } from "../pictures/resample.ts";
import { keepLargeParts } from "./mask-parts.ts";
import { openCv } from "./open-cv.ts";
import { growBox, regionAround } from "./region-around.ts";
import { resizeMask } from "./resize-mask.ts";
import { wholeMask } from "./whole-mask.ts";

/** Share of a box's sides that is added on each side. */
const padding = 0.04;
/** Share of a box's sides around it in which the background is learned. */
const surroundings = 0.4;
/** Longer side, in pixels, of what is segmented; larger pictures are shrunk for it. */
const workSide = 320;
const iterations = 5;
/** OpenCV's marks in a mask. */
const marks = { background: 0, foreground: 1, likelyForeground: 3 } as const;

/** Marks what boxes hold for GrabCut; a frame of background is left even where one fills the picture. */
function marksIn(boxes: readonly Box[], size: Size): Uint8Array {
  const data = new Uint8Array(size.width * size.height).fill(marks.background);
  for (const box of boxes) markBox(data, box, size);
  return data;
}

function markBox(data: Uint8Array, box: Box, { width, height }: Size): void {
  const frame = Math.max(1, Math.round(0.01 * Math.min(width, height)));
  const first = {
    x: Math.max(frame, Math.round(box.left)),
    y: Math.max(frame, Math.round(box.top)),
  };
  const end = {
    x: Math.min(width - frame, Math.round(box.right)),
    y: Math.min(height - frame, Math.round(box.bottom)),
  };
  for (let y = first.y; y < end.y; y++) {
    data.fill(marks.likelyForeground, y * width + first.x, y * width + Math.max(first.x, end.x));
  }
}

/** Runs GrabCut; equal inputs give equal masks. Shapes: picture and marks of one size -> 255 where the object is */
async function grabCut(picture: Picture, given: Uint8Array): Promise<Mask> {
  const { cv } = await openCv();
  const { width, height } = picture;
  const image = new cv.Mat(height, width, cv.CV_8UC3);
  const mask = new cv.Mat(height, width, cv.CV_8UC1);
  const [background, foreground] = [new cv.Mat(), new cv.Mat()];
  try {
    image.data.set(picture.data);
    mask.data.set(given);
    cv.setRNGSeed(1);
    const none = new cv.Rect(0, 0, 1, 1);
    cv.grabCut(image, mask, none, background, foreground, iterations, cv.GC_INIT_WITH_MASK);
    const isObject = (mark: number): boolean =>
      mark === marks.foreground || mark === marks.likelyForeground;
    return { width, height, data: mask.data.map((mark) => (isObject(mark) ? 255 : 0)) };
  } finally {
    for (const matrix of [image, mask, background, foreground]) matrix.delete();
  }
}

/** What of a mask lies in a box. */
function onlyIn(box: Box, mask: Mask): Mask {
  const inside = marksIn([box], mask);
  const data = mask.data.map((value, at) => (inside[at] === marks.background ? 0 : value));
  return { ...mask, data };
}

/**
 * Finds the object in a box: what differs in colour from what surrounds the box.
 * @param beside Boxes of objects like it. What they hold is not taken for background, nor for this object.
 * Source: GrabCut (Rother, Kolmogorov, Blake 2004), as OpenCV has it; five iterations on at most 320 pixels a side.
 * Throws: argument.unfit at `image` where it is too small, at `objects` where nothing stands out.
 */
export async function segmentBox(
  picture: Picture,
  box: Box,
  beside: readonly Box[] = [],
): Promise<Mask> {
  if (Math.min(picture.width, picture.height) < 8) {
    throw unfitArgument(
      "image",
      `a picture of ${picture.width} x ${picture.height} pixels has no room for an object.`,
      "Use one of at least 8 x 8 pixels.",
    );
  }
  const region = regionAround(box, surroundings, picture);
  const scale = Math.min(1, workSide / Math.max(region.width, region.height));
  const size = {
    width: Math.max(3, Math.round(region.width * scale)),
    height: Math.max(3, Math.round(region.height * scale)),
  };
  const small = resample(cut(picture, region), size, "linear");
  const [across, down] = [size.width / region.width, size.height / region.height];
  const insideOf = (one: Box): Box => {
    const { left, top, right, bottom } = growBox(one, padding, picture);
    return {
      left: (left - region.left) * across,
      top: (top - region.top) * down,
      right: (right - region.left) * across,
      bottom: (bottom - region.top) * down,
    };
  };
  const own = insideOf(box);
  const all = await grabCut(small, marksIn([own, ...beside.map(insideOf)], size));
  const found = keepLargeParts(onlyIn(own, all));
  if (!found.data.some((value) => value > 0)) throw nothingStandsOut(box);
  return wholeMask(resizeMask(found, region), region, picture);
}

/** GrabCut as a segmenter: it knows no objects, and needs no network. */
export const grabCutSegmenter: Segmenter = {
  segment: (_, picture, box, beside) => segmentBox(picture, box, beside),
};
