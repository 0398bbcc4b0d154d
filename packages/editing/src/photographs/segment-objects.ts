import type { Box, Detection } from "../architectures/detector.ts";
import type { NetworkOpener } from "../architectures/open-network.ts";
import type { Segmenter } from "../architectures/segmenter.ts";
import { unfitArgument } from "../errors.ts";
import type { Mask, Picture } from "../pictures/picture.ts";
import { outlineDoubt } from "./outline-doubt.ts";

/** What segmenting needs of whoever asks for it. */
export interface SegmentRun extends NetworkOpener {
  log(text: string): void;
}

/** Boxes of the other objects of one's kind. */
export function boxesBeside(one: Detection, objects: readonly Detection[]): readonly Box[] {
  return objects
    .filter((other) => other !== one && other.label === one.label)
    .map(({ box }) => box);
}

/** One mask of all objects; outlines that are rarely right are logged. Throws: argument.unfit at `objects` where there is none, and as the segmenter. */
export async function segmentObjects(
  run: SegmentRun,
  segmenter: Segmenter,
  picture: Picture,
  objects: readonly Detection[],
): Promise<Mask> {
  if (objects.length === 0) {
    throw unfitArgument("objects", "there is no object.", "Connect a list that is not empty.");
  }
  const data = new Uint8Array(picture.width * picture.height);
  for (const object of objects) {
    const beside = boxesBeside(object, objects);
    const mask = await segmenter.segment(run, picture, object.box, beside);
    const doubt = outlineDoubt(object, mask);
    if (doubt !== undefined) run.log(doubt);
    for (const [at, value] of mask.data.entries()) if (value > 0) data[at] = value;
  }
  return { width: picture.width, height: picture.height, data };
}
