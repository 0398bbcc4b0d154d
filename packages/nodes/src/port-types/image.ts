import type { Picture } from "@insightgraph/editing/pictures";
import { definePort } from "@insightgraph/engine/node";
import { rasterCodec } from "./raster-codec.ts";
import { rasterPreview } from "./raster-preview.ts";

/** A picture in sRGB, 8 bits per channel. */
export const image = definePort<Picture>("image", {
  look: { role: "image", shape: "square" },
  hash: ({ width, height, data }) => [`${width}x${height}`, data],
  preview: (picture) => rasterPreview(picture, 3),
  store: rasterCodec(3, (raster): Picture => ({ ...raster, channels: 3 })),
});
