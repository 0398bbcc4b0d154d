import {
  type Fields,
  type FieldValue,
  fromMaskPicture,
  isPictureFile,
  openDataset,
} from "../datasets.ts";
import { EditingError, unfitArgument } from "../errors.ts";
import { decodePicture } from "../pictures/decode-picture.ts";
import type { Picture } from "../pictures/picture.ts";
import { resizePicture } from "../pictures/planes.ts";
import { type Scene, sceneSize } from "../scenes.ts";

/** What a row of a batch is made from: a composed scene, or a pair of a data set, of which no objects are known. */
export type TrainingExample = Pick<
  Scene,
  | "source"
  | "target"
  | "mask"
  | "instruction"
  | "gone"
  | "come"
  | "tint"
  | "objects"
  | "targetObjects"
>;

/** Pairs of a data set that are trained on beside composed scenes. */
export interface PairOptions {
  /** Where the data set lies. */
  readonly place: string;
  /** Share of the rows of a batch, 0 to 1. */
  readonly share: number;
}

/** How many records are looked at before training begins. */
const maxChecked = 20;
/** Steps of 8 bits, of all channels together, from which a pixel counts as changed. */
const leastChange = 24;
const white = [255, 255, 255];

async function toSquare(
  value: FieldValue | undefined,
  name: string,
  side: number,
): Promise<Picture> {
  if (!isPictureFile(value)) {
    const hint = "Say where fields come from, or convert the data set with --map.";
    throw unfitArgument("dataset", `a record has no ${name}`, hint);
  }
  const options = { path: value.name ?? name, argument: "dataset", ground: white };
  const { image } = await decodePicture(value.bytes, options);
  return resizePicture(image, side, side);
}

/** 1 where the mask is white, by the pixel nearest to each place. */
async function squareMask(bytes: Uint8Array, side: number): Promise<Uint8Array> {
  const { width, height, data } = await fromMaskPicture(bytes);
  return Uint8Array.from({ length: side ** 2 }, (_, at) => {
    const x = Math.floor((((at % side) + 0.5) * width) / side);
    const y = Math.floor(((Math.floor(at / side) + 0.5) * height) / side);
    return (data[y * width + x] ?? 0) >= 128 ? 1 : 0;
  });
}

/** 1 where two pictures differ by more than what compression changes. */
function changedMask(
  { data: before, width, height }: Picture,
  { data: after }: Picture,
): Uint8Array {
  return Uint8Array.from({ length: width * height }, (_, at) => {
    let change = 0;
    for (let sample = at * 3; sample < at * 3 + 3; sample++) {
      change += Math.abs((before[sample] ?? 0) - (after[sample] ?? 0));
    }
    return change >= leastChange ? 1 : 0;
  });
}

/** A record as a training example, in squares of `side` pixels. Throws: `argument.unfit` at `dataset` where it is no pair. */
export async function toExample(
  fields: Fields,
  side: number = sceneSize,
): Promise<TrainingExample> {
  const { instruction, mask_image: mask } = fields;
  const source = await toSquare(fields["source_image"], "source_image", side);
  const target = await toSquare(fields["edited_image"], "edited_image", side);
  if (typeof instruction !== "string") {
    const hint = "Say where fields come from, or convert the data set with --map.";
    throw unfitArgument("dataset", "a record has no instruction", hint);
  }
  return {
    ...{ source, target, instruction, gone: -1, come: -1, tint: -1 },
    mask: isPictureFile(mask) ? await squareMask(mask.bytes, side) : changedMask(source, target),
    objects: [],
    targetObjects: [],
  };
}

/**
 * Checks that a data set has pairs to train on, by its first records.
 * Throws: `argument.unfit` at `dataset`, `dataset.unreadable`.
 */
export async function requirePairs(place: string): Promise<void> {
  let fault: unknown = unfitArgument("dataset", `"${place}" has no records`, "Choose another one.");
  let checked = 0;
  for await (const item of (await openDataset(place)).items()) {
    try {
      await toExample(await item.load());
      return;
    } catch (thrown) {
      if (!(thrown instanceof EditingError)) throw thrown;
      fault = thrown;
    }
    checked += 1;
    if (checked >= maxChecked) break;
  }
  throw fault;
}

/**
 * Pairs of a data set in order, from the first again after the last; undefined for a record that is no pair.
 * @param skipped How many an earlier run took.
 * @param side Of their pictures in pixels.
 */
export async function* trainingPairs(
  place: string,
  skipped: number,
  side: number = sceneSize,
): AsyncGenerator<TrainingExample | undefined, void> {
  const dataset = await openDataset(place);
  for (let at = 0; ; ) {
    const before = at;
    for await (const item of dataset.items()) {
      if (at++ < skipped) continue;
      yield await item
        .load()
        .then((fields) => toExample(fields, side))
        .catch(() => undefined);
    }
    if (at === before) return;
  }
}
