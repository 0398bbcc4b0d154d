import sharp, { type Metadata, type Sharp } from "sharp";
import type { EditingError } from "../errors.ts";

/** 8-bit sRGB samples: red, green, blue in turn, and opacity where there are four channels. */
export interface SrgbSamples {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Uint8Array;
}

/** Makes the error of a file that cannot be used; the sentence begins with its name. */
export type Refuse = (what: string, hint: string, cause?: unknown) => EditingError;

const eightOrSixteenBits = "Save it with 8 or 16 bits a channel.";

async function convert(picture: Sharp): Promise<SrgbSamples> {
  const raw = picture.toColourspace("srgb").raw({ depth: "uchar" });
  const { data, info } = await raw.toBuffer({ resolveWithObject: true });
  const { buffer, byteOffset, byteLength } = data;
  return { ...info, data: new Uint8Array(buffer, byteOffset, byteLength) };
}

/** sharp leaves profiles of 16-bit grey pictures aside, so they become 8-bit ones first. */
async function convertGrey16(picture: Sharp): Promise<SrgbSamples> {
  return convert(sharp(await picture.toColourspace("b-w").keepIccProfile().png().toBuffer()));
}

/** 0..1 becomes 0..255, as samples of other depths are scaled. */
function scaleFloats(floats: Float32Array, refuse: Refuse): Uint8Array {
  const outside = floats.find((value) => !(value >= 0 && value <= 1));
  if (outside === undefined) return Uint8Array.from(floats, (value) => Math.round(value * 255));
  throw refuse(
    `holds float samples that are not from 0 to 1, such as ${outside}`,
    "Scale them to 0..1, or save it with 8 or 16 bits a channel.",
  );
}

/** Grey samples, with opacity or without, as red, green and blue. */
function spreadGrey(samples: Uint8Array, channels: number): Uint8Array {
  const spread = new Uint8Array((samples.length / channels) * (channels + 2));
  for (let from = 0, to = 0; from < samples.length; from += channels) {
    spread.fill(samples[from] ?? 0, to, to + 3);
    if (channels === 2) spread[to + 3] = samples[from + 1] ?? 0;
    to += channels + 2;
  }
  return spread;
}

/** sharp takes float RGB for linear light and float grey for 0..255; both are read as they are. */
async function convertFloat(
  picture: Sharp,
  { space, hasProfile }: Metadata,
  refuse: Refuse,
): Promise<SrgbSamples> {
  const isKnown = space === "b-w" || space === "scrgb";
  if (!isKnown || hasProfile) {
    const what = isKnown ? "with a colour profile" : `of ${space} colours`;
    throw refuse(`holds float samples ${what}`, eightOrSixteenBits);
  }
  const raw = picture.toColourspace(space).raw({ depth: "float" });
  const { data, info } = await raw.toBuffer({ resolveWithObject: true });
  const floats = new Float32Array(data.buffer, data.byteOffset, data.byteLength / 4);
  const samples = scaleFloats(floats, refuse);
  if (space === "scrgb") return { ...info, data: samples };
  const { channels } = info;
  return { ...info, channels: channels + 2, data: spreadGrey(samples, channels) };
}

/**
 * Converts a picture of any depth and profile to sRGB, in the way of Pillow's ImageCms.
 * Throws: `argument.unfit`, for samples whose meaning is not known, and sharp's errors for damaged files.
 */
export async function srgbSamples(
  picture: Sharp,
  about: Metadata,
  refuse: Refuse,
): Promise<SrgbSamples> {
  const { depth, space, hasProfile } = about;
  if (depth === "uchar" || (depth === "ushort" && !hasProfile)) return convert(picture);
  // sharp works on 16-bit colours in Display P3, and on CMYK as this pipeline would distort it.
  if (depth === "ushort" && space === "rgb16") return convert(picture.pipelineColourspace("srgb"));
  if (depth === "ushort" && space === "grey16") return convertGrey16(picture);
  if (depth === "float" || depth === "double") return convertFloat(picture, about, refuse);
  throw refuse(`holds ${depth} samples of ${space} colours`, eightOrSixteenBits);
}
