import { dino, openFiles, parseClipPixelsConfig, parseDinoConfig } from "@insightgraph/models";
import type { CheckpointComponent } from "../../checkpoints/component.ts";
import { EditingError } from "../../errors.ts";
import { clipPixels } from "../../pictures/clip-pixels.ts";
import type { ImageEmbedder } from "../image-embedder.ts";
import { openNetwork } from "../open-network.ts";
import { floatsOf, tensorOf } from "../tensor.ts";

/** Colours as DINO was trained with them; other vision transformers of the class have means of a half. */
const colours = { image_mean: [0.485, 0.456, 0.406], image_std: [0.229, 0.224, 0.225] };

/** A config has the class of every plain vision transformer: what tells DINO apart is how its pictures are prepared. */
function requireDino({ folder }: CheckpointComponent, processor?: CheckpointComponent): void {
  const { image_mean, image_std } = processor?.config ?? {};
  if (JSON.stringify({ image_mean, image_std }) === JSON.stringify(colours)) return;
  throw new EditingError(
    "checkpoint.part",
    "it is a vision transformer, but its preprocessor_config.json is not that of DINO.",
    { at: folder, hint: "Add one of facebook/dino-vits16, dino-vits8, dino-vitb16, dino-vitb8." },
  );
}

/**
 * Opens the header of a DINO's files. Pictures are prepared as DINO's own evaluation does it and metrics report it: shorter
 * side to 256 of 224, bicubic, and the centre; the checkpoint's processor would stretch them.
 * Throws: weights.*, config.*, checkpoint.part.
 * Source: DINO (arXiv:2104.14294), as MagicBrush (arXiv:2306.10012) measures with it.
 */
export function openDino(
  component: CheckpointComponent,
  processor: CheckpointComponent | undefined,
): ImageEmbedder {
  requireDino(component, processor);
  const { files, digest, config, configPath } = component;
  const model = parseDinoConfig(config, configPath);
  const side = model.trainedSize;
  const size = { shortest_edge: Math.round((side * 256) / 224) };
  const pixels = parseClipPixelsConfig({ size, crop_size: side, resample: 3, ...colours });
  const weighted = { digest, weights: openFiles(files) };
  const scale = { 384: "S", 768: "B" }[model.width] ?? `width ${model.width}`;
  return {
    name: `DINO (ViT-${scale}/${model.patchSize})`,
    async embed(opener, picture) {
      const session = await openNetwork(opener, weighted, dino, model);
      const read = await session.run({ pixels: clipPixels(picture, pixels) });
      return floatsOf(tensorOf(read, "embeds"));
    },
  };
}
