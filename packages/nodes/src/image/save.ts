import { extname } from "node:path";
import { requireFolder, writeWhole } from "@insightgraph/editing/files";
import type { Mask, Picture } from "@insightgraph/editing/pictures";
import { sizeText } from "@insightgraph/editing/pictures";
import { defineNode, inputError, param } from "@insightgraph/engine/node";
import sharp, { type Sharp } from "sharp";
import { pathForItem } from "../files/path-for-item.ts";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";

export const imageSave = defineNode({
  type: "image.save",
  version: 1,
  title: "Save picture",
  doc: "Writes a picture file, whole or not at all, in the format of its ending; those of a list are numbered.",
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
  },
  outputs: {},
  isOutput: true,
  cacheable: false,
  async run(inputs, { path: wanted, quality }, { signal, log, saved, item }) {
    const path = pathForItem(wanted, item);
    const encoder = encoders[extname(path).toLowerCase()];
    if (encoder === undefined) {
      throw inputError(`"${path}" does not end in a known picture format`, {
        param: "path",
        hint: "End the name in .png, .jpg or .webp.",
      });
    }
    if (inputs.mask !== undefined) checkMask(inputs.image, inputs.mask, encoder);
    await requireFolder(path);
    const bytes = await encoder(toSharp(inputs.image, inputs.mask), quality).toBuffer();
    signal.throwIfAborted();
    await writeWhole(path, bytes);
    log(`saved ${path}`);
    saved(path);
    return {};
  },
});

type Encoder = (picture: Sharp, quality: number) => Sharp;

const jpeg: Encoder = (picture, quality) => picture.jpeg({ quality, chromaSubsampling: "4:4:4" });
const encoders: Readonly<Record<string, Encoder | undefined>> = {
  ".png": (picture) => picture.png(),
  ".jpg": jpeg,
  ".jpeg": jpeg,
  ".webp": (picture, quality) => picture.webp({ quality }),
};

function checkMask(picture: Picture, opacity: Mask, encoder: Encoder): void {
  if (encoder === jpeg) {
    throw inputError("a JPEG file keeps no transparency", {
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
