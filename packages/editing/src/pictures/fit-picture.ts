import { unfitArgument } from "../errors.ts";
import { cut, requireRoom, type Size } from "./canvas.ts";
import type { Picture } from "./picture.ts";
import { type Kernel, resample } from "./resample.ts";

/**
 * The box to fit a picture into; a side of 0 follows from the other and the aspect ratio.
 * Throws: argument.unfit at `width` or `height`.
 */
export function boxFor(source: Size, { width, height }: Size): Size {
  if (width === 0 && height === 0) {
    throw unfitArgument("width", "width and height are both 0", "Set at least one of them.");
  }
  const aspect = source.width / source.height;
  const size = {
    width: width === 0 ? Math.max(1, Math.round(height * aspect)) : width,
    height: height === 0 ? Math.max(1, Math.round(width / aspect)) : height,
  };
  requireRoom(size, width === 0 ? "height" : "width");
  return size;
}

/** Stretch to a box, fit inside it, or cover it and crop the excess. */
export type Fit = "fill" | "inside" | "cover";

/** Scales a picture to a box. */
export function fitInto(picture: Picture, box: Size, fit: Fit, kernel: Kernel): Picture {
  const scales = [box.width / picture.width, box.height / picture.height];
  const scale = fit === "inside" ? Math.min(...scales) : Math.max(...scales);
  if (fit === "cover") return scaled(cutMiddle(picture, box, scale), box, kernel);
  if (fit === "fill") return scaled(picture, box, kernel);
  const size = {
    width: Math.max(1, Math.round(picture.width * scale)),
    height: Math.max(1, Math.round(picture.height * scale)),
  };
  return scaled(picture, size, kernel);
}

/** A picture whose longer side has at most so many pixels; smaller ones stay as they are. */
export function fitWithin(picture: Picture, longerSide: number): Picture {
  if (Math.max(picture.width, picture.height) <= longerSide) return picture;
  return fitInto(picture, { width: longerSide, height: longerSide }, "inside", "cubic");
}

function scaled(picture: Picture, size: Size, kernel: Kernel): Picture {
  const isSame = picture.width === size.width && picture.height === size.height;
  return isSame ? picture : resample(picture, size, kernel);
}

/** The centre of a picture, of the size that covers the box once scaled. */
function cutMiddle(picture: Picture, box: Size, scale: number): Picture {
  const width = Math.max(1, Math.min(picture.width, Math.round(box.width / scale)));
  const height = Math.max(1, Math.min(picture.height, Math.round(box.height / scale)));
  const left = Math.floor((picture.width - width) / 2);
  const top = Math.floor((picture.height - height) / 2);
  return cut(picture, { left, top, width, height });
}
