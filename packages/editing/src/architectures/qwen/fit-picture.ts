import { isRecord } from "../../checkpoints/is-record.ts";
import { unfitArgument } from "../../errors.ts";
import type { Size } from "../../pictures/canvas.ts";
import type { Picture } from "../../pictures/picture.ts";
import { resampleAsPillow } from "../../pictures/resample.ts";
import type { PixelScaling } from "./picture-patches.ts";

/** How pictures are prepared. */
export interface PictureRules extends PixelScaling {
  /** Bounds of width times height. */
  readonly leastPixels: number;
  readonly mostPixels: number;
}

const numbersIn = (value: unknown): readonly number[] | undefined =>
  Array.isArray(value) && value.length === 3 && value.every(Number.isFinite) ? value : undefined;

const countIn = (value: unknown): number | undefined =>
  typeof value === "number" && value > 0 ? value : undefined;

/** Reads a checkpoint's `preprocessor_config.json`; what is missing has the values that Qwen3-VL was published with. */
export function pictureRules(config: Readonly<Record<string, unknown>>): PictureRules {
  const size = isRecord(config["size"]) ? config["size"] : {};
  return {
    mean: numbersIn(config["image_mean"]) ?? [0.5, 0.5, 0.5],
    deviation: numbersIn(config["image_std"]) ?? [0.5, 0.5, 0.5],
    leastPixels: countIn(size["shortest_edge"]) ?? countIn(config["min_pixels"]) ?? 65_536,
    mostPixels: countIn(size["longest_edge"]) ?? countIn(config["max_pixels"]) ?? 16_777_216,
  };
}

/** Rounds halves to even, as Python. */
function round(value: number): number {
  const down = Math.floor(value);
  const rest = value - down;
  return rest > 0.5 || (rest === 0.5 && down % 2 === 1) ? down + 1 : down;
}

/** Patches above which attention would take gigabytes. */
const mostPatches = 16_384;

/**
 * The size at which a picture is read: whole squares of patches, within bounds, the aspect nearly kept.
 * Throws: argument.unfit at `image`, for a strip of a picture and for one of too many patches.
 * Source: transformers' Qwen2VLImageProcessor, smart_resize.
 */
export function fitSize(
  { width, height }: Size,
  { leastPixels, mostPixels }: Pick<PictureRules, "leastPixels" | "mostPixels">,
  { patchSize, merge }: { readonly patchSize: number; readonly merge: number },
): Size {
  const side = patchSize * merge;
  const scaled = (scale: number, whole: (value: number) => number): Size => ({
    width: Math.max(side, whole((width * scale) / side) * side),
    height: Math.max(side, whole((height * scale) / side) * side),
  });
  if (Math.max(width, height) > 200 * Math.min(width, height)) {
    throw unfitArgument("image", `${width} x ${height} pixels are a strip.`, "Crop the picture.");
  }
  const plain = { width: round(width / side) * side, height: round(height / side) * side };
  const area = plain.width * plain.height;
  const fitted =
    area > mostPixels
      ? scaled(Math.sqrt(mostPixels / (width * height)), Math.floor)
      : area < leastPixels
        ? scaled(Math.sqrt(leastPixels / (width * height)), Math.ceil)
        : plain;
  const patches = (fitted.width * fitted.height) / patchSize ** 2;
  if (patches > mostPatches) {
    throw unfitArgument(
      "image",
      `${width} x ${height} pixels make ${patches} patches, more than ${mostPatches}.`,
      "Scale the picture down, for instance to 1024 pixels on its longer side.",
    );
  }
  return fitted;
}

/** A picture at the size at which it is read. Throws: as `fitSize`. */
export function fitPicture(
  picture: Picture,
  rules: PictureRules,
  patching: { readonly patchSize: number; readonly merge: number },
): Picture {
  return resampleAsPillow(picture, fitSize(picture, rules, patching), "cubic");
}
