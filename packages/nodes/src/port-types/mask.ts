import type { Mask } from "@insightgraph/editing/pictures";
import { definePort } from "@insightgraph/engine/node";
import { rasterCodec } from "./raster-codec.ts";
import { rasterPreview } from "./raster-preview.ts";

/** A mask: how strongly each pixel is selected, 0 to 255. */
export const mask = definePort<Mask>("mask", {
  look: { role: "mask", shape: "frame" },
  hash: ({ width, height, data }) => [`${width}x${height}`, data],
  preview: (value) => rasterPreview(value, 1),
  store: rasterCodec(1, (raster): Mask => raster),
});
