import { extname } from "node:path";
import { requireFolder } from "@insightgraph/editing/files";
import type { Mask, Picture } from "@insightgraph/editing/pictures";
import { sizeText } from "@insightgraph/editing/pictures";
import { defineNode, inputError, param } from "@insightgraph/engine/node";
import sharp, { type Sharp } from "sharp";
import { existingParam, replacing } from "../files/existing-param.ts";
import { saveFile } from "../files/save-file.ts";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";

export const imageSave = defineNode({
  type: "image.save",
  version: 2,
  title: "Save picture",
  doc: "Writes a picture file, whole or not at all, in the format of its ending. Pictures of a list are numbered.",
  inputs: {
    image: image("Picture to save."),
    mask: mask.optional("How opaque each pixel is, in PNG and WebP. Omitted: all of it."),
  },
  params: {
    path: param.file({
      default: "edited.png",
      purpose: "save",
      accept: ".png,.jpg,.jpeg,.webp",
      doc: "File to write: .png, .jpg or .webp.",
    }),
    quality: param.integer({
      default: 92,
      min: 1,
      max: 100,
      doc: "Of JPEG and WebP; PNG is exact.",
    }),
    existing: existingParam,
  },
  outputs: {},
  isOutput: true,
  cacheable: false,
  migrate: { 1: replacing },
  async run(inputs, { path: wanted, quality, existing }, context) {
    const format = formats[extname(wanted).toLowerCase()];
    if (format === undefined) {
      throw inputError(`"${wanted}" does not end in a known picture format`, {
        param: "path",
        hint: "End the name in .png, .jpg or .webp.",
      });
    }
    checkSize(inputs.image, format);
    if (inputs.mask !== undefined) checkMask(inputs.image, inputs.mask, format);
    await requireFolder(wanted);
    const bytes = await format.encode(toSharp(inputs.image, inputs.mask), quality).toBuffer();
    await saveFile(bytes, wanted, existing, context);
    return {};
  },
});

interface Format {
  readonly name: string;
  /** Most pixels a side that the format can hold. */
  readonly maxSide: number;
  readonly hasOpacity: boolean;
  encode(picture: Sharp, quality: number): Sharp;
}

const png: Format = {
  name: "PNG",
  maxSide: 2 ** 31 - 1,
  hasOpacity: true,
  encode: (picture) => picture.png(),
};
const jpeg: Format = {
  name: "JPEG",
  // The format could name 65535; libjpeg stops here.
  maxSide: 65_500,
  hasOpacity: false,
  encode: (picture, quality) => picture.jpeg({ quality, chromaSubsampling: "4:4:4" }),
};
const webp: Format = {
  name: "WebP",
  maxSide: 16_383,
  hasOpacity: true,
  encode: (picture, quality) => picture.webp({ quality }),
};

const formats: Readonly<Record<string, Format | undefined>> = {
  ".png": png,
  ".jpg": jpeg,
  ".jpeg": jpeg,
  ".webp": webp,
};

function checkSize(picture: Picture, { name, maxSide }: Format): void {
  if (picture.width <= maxSide && picture.height <= maxSide) return;
  const what = `a ${name} file holds at most ${maxSide} pixels a side, and the picture has ${sizeText(picture)}`;
  throw inputError(what, {
    input: "image",
    hint: 'End the name in .png, or put "image.resize" before it.',
  });
}

function checkMask(picture: Picture, opacity: Mask, { name, hasOpacity }: Format): void {
  if (!hasOpacity) {
    throw inputError(`a ${name} file keeps no transparency`, {
      input: "mask",
      hint: "End the name in .png or .webp, or take the mask away.",
    });
  }
  if (picture.width === opacity.width && picture.height === opacity.height) return;
  const sizes = `the mask has ${sizeText(opacity)} and the picture ${sizeText(picture)}`;
  throw inputError(sizes, {
    input: "mask",
    hint: 'Put "mask.resize" before it, with the picture as "like".',
  });
}

function toSharp({ width, height, channels, data }: Picture, opacity: Mask | undefined): Sharp {
  const picture = sharp(data, { raw: { width, height, channels } });
  if (opacity === undefined) return picture;
  const { buffer, byteOffset, byteLength } = opacity.data;
  const alpha = Buffer.from(buffer, byteOffset, byteLength);
  return picture.joinChannel(alpha, { raw: { width, height, channels: 1 } });
}
