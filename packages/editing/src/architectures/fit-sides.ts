import { unfitArgument } from "../errors.ts";
import type { Size } from "../pictures/canvas.ts";
import type { Picture } from "../pictures/picture.ts";
import { resampleAsPillow } from "../pictures/resample.ts";

/** Side of the largest square, the 4 megapixels of FLUX.2: attention over more pixels takes tens of gigabytes. */
const mostSide = 2048;

/** As `fitSides`, for networks that attend to every pixel of the latent. Throws: as `requireLimitedSides`. */
export function fitLimitedSides(picture: Picture, step: number, longerSide: number): Picture {
  requireLimitedSides(picture, step, longerSide);
  return fitSides(picture, step, longerSide);
}

/** Throws: argument.unfit at `longerSide`, for a picture that stays too large. */
export function requireLimitedSides(size: Size, step: number, longerSide: number): void {
  const { width, height } = fittedSize(size, step, longerSide);
  if (width * height <= mostSide ** 2) return;
  throw unfitArgument(
    "longerSide",
    `${width} x ${height} pixels are more than the network takes, ${mostSide} x ${mostSide}.`,
    `Set it to at most ${mostSide}: the picture is scaled down to it.`,
  );
}

function fittedSize({ width, height }: Size, step: number, longerSide: number): Size {
  const scale = Math.min(1, longerSide / Math.max(width, height));
  const fitted = (side: number): number =>
    Math.max(step, Math.floor(Math.round(side * scale) / step) * step);
  return { width: fitted(width), height: fitted(height) };
}

/** Scales a picture down to a longer side; both sides become multiples of a step in pixels. */
export function fitSides(picture: Picture, step: number, longerSide: number): Picture {
  const { width, height } = fittedSize(picture, step, longerSide);
  const isSame = width === picture.width && height === picture.height;
  return isSame ? picture : resampleAsPillow(picture, { width, height }, "lanczos3");
}
