import sharp, { type Metadata } from "sharp";
import { EditingError, unfitArgument } from "../errors.ts";
import type { Mask, Picture } from "./picture.ts";
import { maxMegapixels } from "./pixel-limit.ts";
import { type Refuse, srgbSamples } from "./srgb-samples.ts";

/** Format names of sharp; it reports AVIF as "heif". */
const formatNames = new Set(["png", "jpeg", "webp", "tiff", "gif", "heif", "avif"]);
const usable = "Use a PNG, JPEG, WebP, TIFF, GIF or AVIF file.";

/** How a picture file is decoded. */
export interface DecodeOptions {
  /** Names the file in errors. */
  readonly path: string;
  /** The argument that names the file. @default "path" */
  readonly argument?: string;
  /** Background of transparent pixels as R, G, B; undefined keeps the stored colours. */
  readonly ground: readonly number[] | undefined;
}

/** A decoded picture file. */
export interface DecodedPicture {
  readonly image: Picture;
  /** Opacity of each pixel. */
  readonly mask: Mask;
  /** What decoding lost, one sentence each. */
  readonly losses: readonly string[];
}

/**
 * Decodes a picture: upright, in sRGB, 8 bits a channel; of several frames, the first.
 *
 * Throws: `argument.unfit`, naming the file.
 */
export async function decodePicture(
  bytes: Uint8Array,
  { path, argument = "path", ground }: DecodeOptions,
): Promise<DecodedPicture> {
  const refuse: Refuse = (what, hint, cause) =>
    unfitArgument(argument, `"${path}" ${what}`, hint, cause);
  const about = await inspect(bytes, refuse);
  const limitInputPixels = maxMegapixels() * 1e6;
  const picture = sharp(bytes, { limitInputPixels, failOn: "error" }).autoOrient();
  const { width, height, channels, data } = await srgbSamples(picture, about, refuse).catch(
    (cause: unknown) => {
      if (cause instanceof EditingError) throw cause;
      throw refuse(
        "is damaged or cut short",
        "Open it in a picture program and save it again, or fetch it anew.",
        cause,
      );
    },
  );
  const size = { width, height };
  const losses = lossesOf(about);
  if (channels === 3) {
    const mask = new Uint8Array(size.width * size.height).fill(255);
    return {
      image: { ...size, channels, data },
      mask: { ...size, data: mask },
      losses,
    };
  }
  const { colours, opacity } = splitAlpha(data, ground);
  return {
    image: { ...size, channels: 3, data: colours },
    mask: { ...size, data: opacity },
    losses,
  };
}

/**
 * The colours take the place of the samples: of a large picture, two copies are too many.
 * @param samples R, G, B and alpha of each pixel.
 */
function splitAlpha(samples: Uint8Array, ground: readonly number[] | undefined) {
  const opacity = new Uint8Array(samples.length / 4);
  const colours = samples.subarray(0, opacity.length * 3);
  for (let pixel = 0; pixel < opacity.length; pixel++) {
    const alpha = samples[pixel * 4 + 3] ?? 0;
    opacity[pixel] = alpha;
    for (let c = 0; c < 3; c++) {
      const value = samples[pixel * 4 + c] ?? 0;
      const under = ground?.[c] ?? value;
      colours[pixel * 3 + c] = Math.round(under + ((value - under) * alpha) / 255);
    }
  }
  return { colours, opacity };
}

function lossesOf({ depth, pages = 1, space }: Metadata): string[] {
  const losses: string[] = [];
  if (pages > 1) losses.push(`only the first of ${pages} frames is used`);
  if (depth !== undefined && depth !== "uchar")
    losses.push(`${depth} samples are converted to 8 bits`);
  if (space === "cmyk") losses.push("CMYK is converted to sRGB");
  return losses;
}

/** Reads the header and checks format and size before any memory is allocated. */
async function inspect(bytes: Uint8Array, refuse: Refuse): Promise<Metadata> {
  if (bytes.length === 0) throw refuse("is empty", usable);
  const about = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw refuse("is not a picture that can be read", usable, cause);
    });
  const { format, width, height, compression } = about;
  if (!formatNames.has(format)) {
    throw refuse(`holds ${format}, which is not a raster picture`, usable);
  }
  if (format === "heif" && compression !== "av1") {
    throw refuse("is a HEIC picture, which cannot be read", usable);
  }
  const limit = maxMegapixels();
  if (width * height > limit * 1e6) {
    const what = `has ${width} x ${height} pixels, over ${limit} megapixels`;
    throw refuse(what, "Scale it down first, or set INSIGHTGRAPH_MAX_MEGAPIXELS.");
  }
  return about;
}
