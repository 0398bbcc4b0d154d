import type { ClipPixelsConfig, TensorValue } from "@insightgraph/models";
import { unfitArgument } from "../errors.ts";
import type { Picture } from "./picture.ts";
import { resample } from "./resample.ts";

type Sides = readonly [height: number, width: number];

function sidesAfter(picture: Picture, resize: ClipPixelsConfig["resize"]): Sides {
  const { width, height } = picture;
  if (resize === undefined) return [height, width];
  if (!("shortest" in resize)) return resize;
  const { shortest } = resize;
  // Truncates, as transformers does.
  return width <= height
    ? [Math.floor((shortest * height) / width), shortest]
    : [shortest, Math.floor((shortest * width) / height)];
}

/** Planes of a centre crop: each value is scaled, then normalised by mean and deviation. */
function normalized(
  picture: Picture,
  [height, width]: Sides,
  config: ClipPixelsConfig,
): Float32Array {
  const { scale, mean, deviation } = config;
  const [top, left] = [
    Math.floor((picture.height - height) / 2),
    Math.floor((picture.width - width) / 2),
  ];
  const plane = height * width;
  return Float32Array.from({ length: 3 * plane }, (_, at) => {
    const [channel, place] = [Math.floor(at / plane), at % plane];
    const y = top + Math.floor(place / width);
    const x = left + (place % width);
    const value = (picture.data[(y * picture.width + x) * 3 + channel] ?? 0) * scale;
    return (value - (mean[channel] ?? 0)) / (deviation[channel] ?? 1);
  });
}

/**
 * Prepares a picture for CLIP: resize, centre crop, normalise. Shapes: -> [1, 3, H, W]
 * Source: transformers' CLIPImageProcessor, within one of 255 levels of its resampling in 8 bits.
 */
export function clipPixels(picture: Picture, config: ClipPixelsConfig): TensorValue {
  const [height, width] = sidesAfter(picture, config.resize);
  const isSame = height === picture.height && width === picture.width;
  const resized = isSame ? picture : resample(picture, { width, height }, config.kernel);
  const crop = config.crop ?? [height, width];
  if (crop[0] > height || crop[1] > width) {
    throw unfitArgument(
      "image",
      `${height} x ${width} pixels are too few for a crop of ${crop.join(" x ")}.`,
      "Use a larger picture.",
    );
  }
  const data = normalized(resized, crop, config);
  return { dtype: "float32", shape: [1, 3, ...crop], data };
}
