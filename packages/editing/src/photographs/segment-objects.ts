import type { Detection } from "../architectures/detector.ts";
import type { NetworkOpener } from "../architectures/open-network.ts";
import type { Segmenter } from "../architectures/segmenter.ts";
import { unfitArgument } from "../errors.ts";
import type { Mask, Picture } from "../pictures/picture.ts";

/** One mask of all objects. Throws: argument.unfit at `objects` where there is none, and as the segmenter. */
export async function segmentObjects(
  opener: NetworkOpener,
  segmenter: Segmenter,
  picture: Picture,
  objects: readonly Detection[],
): Promise<Mask> {
  if (objects.length === 0) {
    throw unfitArgument("objects", "there is no object.", "Connect a list that is not empty.");
  }
  const data = new Uint8Array(picture.width * picture.height);
  for (const { box } of objects) {
    const mask = await segmenter.segment(opener, picture, box);
    for (const [at, value] of mask.data.entries()) if (value > 0) data[at] = value;
  }
  return { width: picture.width, height: picture.height, data };
}
