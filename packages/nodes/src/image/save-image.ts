import { randomUUID } from "node:crypto";
import { open, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { defineNode, inputError, param } from "@insightgraph/engine/node";
import sharp, { type Sharp } from "sharp";
import { image, type Picture } from "../port-types.ts";

export const saveImage = defineNode({
  type: "image.save",
  version: 1,
  title: "Save picture",
  doc: "Writes a picture file, whole or not at all; the name's ending decides the format.",
  inputs: { image: image("Picture to save.") },
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
  async run(inputs, { path, quality }, { signal, log }) {
    const encoder = encoders[extname(path).toLowerCase()];
    if (encoder === undefined) {
      throw inputError(`"${path}" does not end in a known picture format`, {
        param: "path",
        hint: "end the name in .png, .jpg or .webp.",
      });
    }
    await requireFolder(path);
    const bytes = await encoder(toSharp(inputs.image), quality).toBuffer();
    signal.throwIfAborted();
    await writeWhole(path, bytes);
    log(`saved ${path}`);
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

function toSharp({ width, height, channels, data }: Picture): Sharp {
  return sharp(data, { raw: { width, height, channels } });
}

async function requireFolder(path: string): Promise<void> {
  const folder = dirname(path);
  const about = await stat(folder).catch(() => undefined);
  if (about?.isDirectory()) return;
  throw inputError(`there is no folder "${folder}" to save "${basename(path)}" in`, {
    param: "path",
    hint: "make the folder first, or choose another one.",
  });
}

/** A reader of `path` sees the old file or the new one, never a part. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 8)}.tmp`);
  try {
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw inputError(`"${path}" cannot be written`, {
      param: "path",
      hint: "check that it is no folder, that you may write there, and that the disk has room.",
      cause,
    });
  }
}
