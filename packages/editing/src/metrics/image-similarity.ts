import type { ImageEmbedder } from "../architectures/image-embedder.ts";
import type { NetworkOpener } from "../architectures/open-network.ts";
import { blackBeyond, type ComparedPictures } from "./black-outside.ts";
import { cosineSimilarity } from "./cosine-similarity.ts";
import type { MetricFacts } from "./metric.ts";

/** Source: MagicBrush (arXiv:2306.10012), section 4. */
export const clipImageFacts: MetricFacts = {
  name: "CLIP-I",
  formula: "CLIP(a) · CLIP(b) / (|CLIP(a)| |CLIP(b)|)",
  range: [-1, 1],
  direction: "higher",
  scale: "cosine of CLIP's image embeddings; depends on the CLIP, MagicBrush's is ViT-B/32",
  source: "MagicBrush (arXiv:2306.10012), CLIP (arXiv:2103.00020)",
};

/** Source: MagicBrush (arXiv:2306.10012), section 4. */
export const dinoFacts: MetricFacts = {
  name: "DINO",
  formula: "D(a) · D(b) / (|D(a)| |D(b)|), D the class token after the last norm",
  range: [-1, 1],
  direction: "higher",
  scale:
    "cosine of DINO's embeddings, version 1; depends on the DINO, MagicBrush's and EMU Edit's is ViT-S/16",
  source: "MagicBrush (arXiv:2306.10012), DINO (arXiv:2104.14294)",
};

/** Source: DINOv2 (arXiv:2304.07193); UltraEdit (arXiv:2407.05282) reports it. */
export const dinov2Facts: MetricFacts = {
  name: "DINOv2",
  formula: "D(a) · D(b) / (|D(a)| |D(b)|), D the class token after the last norm",
  range: [-1, 1],
  direction: "higher",
  scale:
    "cosine of DINOv2's embeddings; depends on the DINOv2; not MagicBrush's DINO, which is of version 1",
  source: "DINOv2 (arXiv:2304.07193), as UltraEdit (arXiv:2407.05282) reports it",
};

/**
 * How alike two pictures are in what they show; their sizes may differ. With a region both are black beyond it; NaN for
 * an empty one.
 * Throws: argument.unfit.
 */
export async function measureEmbeddings(
  opener: NetworkOpener,
  embedder: ImageEmbedder,
  compared: ComparedPictures,
): Promise<number> {
  const pair = blackBeyond(compared);
  if (pair === undefined) return Number.NaN;
  const own = await embedder.embed(opener, pair[0]);
  return cosineSimilarity(own, await embedder.embed(opener, pair[1]));
}
