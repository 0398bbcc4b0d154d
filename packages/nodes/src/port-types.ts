import type { Mask, Picture } from "@insightgraph/editing/pictures";
import { definePort } from "@insightgraph/engine/node";
import sharp from "sharp";
import { booleanCodec } from "./codecs/boolean-codec.ts";
import { numberCodec } from "./codecs/number-codec.ts";
import { rasterCodec } from "./codecs/raster-codec.ts";
import { textCodec } from "./codecs/text-codec.ts";

export const image = definePort<Picture>("image", {
  look: { role: "image", shape: "square" },
  hash: ({ width, height, data }) => [`${width}x${height}`, data],
  preview: (picture) => previewRaw(picture, 3),
  store: rasterCodec(3, (raster): Picture => ({ ...raster, channels: 3 })),
});

export const mask = definePort<Mask>("mask", {
  look: { role: "mask", shape: "frame" },
  hash: ({ width, height, data }) => [`${width}x${height}`, data],
  preview: (value) => previewRaw(value, 1),
  store: rasterCodec(1, (raster): Mask => raster),
});

export const text = definePort<string>("text", {
  look: { role: "text", shape: "bar" },
  hash: (value) => value,
  preview: (value) => ({ kind: "text", text: value }),
  store: textCodec,
});

/** A finite number; a seed is one too. */
export const number = definePort<number>("number", {
  look: { role: "number", shape: "circle" },
  hash: String,
  preview: (value) => ({ kind: "text", text: String(value) }),
  store: numberCodec,
});

export const boolean = definePort<boolean>("boolean", {
  look: { role: "number", shape: "frame" },
  hash: String,
  preview: (value) => ({ kind: "text", text: value ? "yes" : "no" }),
  store: booleanCodec,
});

/** Longer side of a preview in pixels; what is smaller stays as it is. */
const previewSide = 512;

async function previewRaw(
  { width, height, data }: Mask,
  channels: 1 | 3,
): Promise<{ readonly kind: "image"; readonly mime: string; readonly base64: string }> {
  const png = await sharp(data, { raw: { width, height, channels } })
    .resize(previewSide, previewSide, { fit: "inside", withoutEnlargement: true })
    .png()
    .toBuffer();
  return { kind: "image", mime: "image/png", base64: png.toString("base64") };
}
