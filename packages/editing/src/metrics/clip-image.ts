import type { ImageEmbedder } from "../architectures/image-embedder.ts";
import type { NetworkOpener } from "../architectures/open-network.ts";
import type { Picture } from "../pictures/picture.ts";
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

/** Cosine of the angle between two vectors. Shapes: a, b [P] */
export function cosineSimilarity(a: Float32Array, b: Float32Array): number {
  let [product, squaresA, squaresB] = [0, 0, 0];
  for (let at = 0; at < a.length; at++) {
    const [valueA, valueB] = [a[at] as number, b[at] as number];
    product += valueA * valueB;
    squaresA += valueA * valueA;
    squaresB += valueB * valueB;
  }
  return product / Math.sqrt(squaresA * squaresB);
}

/** How alike two pictures are in what they show; their sizes may differ. Throws: argument.unfit. */
export async function measureEmbeddings(
  opener: NetworkOpener,
  embedder: ImageEmbedder,
  picture: Picture,
  reference: Picture,
): Promise<number> {
  const own = await embedder.embed(opener, picture);
  return cosineSimilarity(own, await embedder.embed(opener, reference));
}
