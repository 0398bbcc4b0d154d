import {
  bareClipVision,
  clipVisionEmbeds,
  mapKeys,
  openFiles,
  parseClipPixelsConfig,
  parseClipVisionConfig,
} from "@insightgraph/models";
import type { CheckpointComponent } from "../../checkpoints/component.ts";
import { clipPixels } from "../../pictures/clip-pixels.ts";
import type { ImageEmbedder } from "../image-embedder.ts";
import { openNetwork } from "../open-network.ts";
import { floatsOf, tensorOf } from "../tensor.ts";

/**
 * Opens the header of a CLIP's files for its vision half.
 * @param processor How pictures are prepared. @default squares of the network's own size
 * Throws: weights.*, config.*.
 * Source: CLIP (arXiv:2103.00020), section 2.3.
 */
export function openClipImages(
  { files, digest, config: raw, configPath }: CheckpointComponent,
  processor: CheckpointComponent | undefined,
): ImageEmbedder {
  const config = parseClipVisionConfig(raw, configPath);
  const side = config.imageSize;
  const pixels = parseClipPixelsConfig(processor?.config ?? { size: side, crop_size: side });
  const model = { digest, weights: mapKeys(openFiles(files), [bareClipVision]) };
  return {
    name: "CLIP",
    async embed(opener, picture) {
      const session = await openNetwork(opener, model, clipVisionEmbeds, config);
      const found = await session.run({ pixels: clipPixels(picture, pixels) });
      return floatsOf(tensorOf(found, "embeds"));
    },
  };
}
