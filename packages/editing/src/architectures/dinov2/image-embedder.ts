import { dinov2, openFiles, parseClipPixelsConfig, parseDinov2Config } from "@insightgraph/models";
import type { CheckpointComponent } from "../../checkpoints/component.ts";
import { clipPixels } from "../../pictures/clip-pixels.ts";
import type { ImageEmbedder } from "../image-embedder.ts";
import { openNetwork } from "../open-network.ts";
import { floatsOf, tensorOf } from "../tensor.ts";

/** How DINOv2's own checkpoints prepare pictures. */
const usualPixels = {
  size: { shortest_edge: 256 },
  crop_size: 224,
  image_mean: [0.485, 0.456, 0.406],
  image_std: [0.229, 0.224, 0.225],
};

/**
 * Opens the header of a DINOv2's files.
 * @param processor How pictures are prepared. @default as DINOv2's own checkpoints do
 * Throws: weights.*, config.*.
 * Source: DINOv2 (arXiv:2304.07193).
 */
export function openDinov2(
  { files, digest, config, configPath }: CheckpointComponent,
  processor: CheckpointComponent | undefined,
): ImageEmbedder {
  const model = parseDinov2Config(config, configPath);
  const pixels = parseClipPixelsConfig(processor?.config ?? usualPixels);
  const weighted = { digest, weights: openFiles(files) };
  return {
    name: "DINOv2",
    async embed(opener, picture) {
      const input = clipPixels(picture, pixels);
      const [, , height = 0, width = 0] = input.shape;
      const session = await openNetwork(opener, weighted, dinov2, { model, height, width });
      return floatsOf(tensorOf(await session.run({ pixels: input }), "embeds"));
    },
  };
}
