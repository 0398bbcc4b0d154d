import type { ImageEmbedder } from "../architectures/image-embedder.ts";
import { measureEmbeddings } from "../metrics/image-similarity.ts";
import { l1 } from "../metrics/l1.ts";
import { l2 } from "../metrics/l2.ts";
import { measureTextSimilarity } from "../metrics/text-similarity.ts";
import type { Picture } from "../pictures/picture.ts";
import type { Scorers } from "./scorers.ts";

/** Scorers that the measures of MagicBrush and EMU Edit need, by measure. */
export const similarityNeeds = {
  "CLIP-I": "clip",
  DINO: "dino",
  DINOv2: "dinov2",
  "CLIP-T": "clip",
} as const;

/** L1, L2, CLIP-I, DINO, DINOv2 and CLIP-T of a picture; NaN for what needs a scorer that is missing. */
export async function similarityScores(
  picture: Picture,
  reference: Picture,
  caption: string,
  { opener, clip, dino, dinov2 }: Scorers,
): Promise<Record<"L1" | "L2" | keyof typeof similarityNeeds, number>> {
  const alike = (embedder: ImageEmbedder | undefined): Promise<number> | number =>
    embedder === undefined
      ? Number.NaN
      : measureEmbeddings(opener, embedder, { picture, reference });
  const said =
    clip === undefined || caption === ""
      ? Number.NaN
      : await measureTextSimilarity(opener, clip, { picture, text: caption });
  return {
    L1: l1.measure(picture, reference),
    L2: l2.measure(picture, reference),
    "CLIP-I": await alike(clip?.images),
    DINO: await alike(dino),
    DINOv2: await alike(dinov2),
    "CLIP-T": said,
  };
}

/** Columns of those measures. @param against What pictures are compared with. */
export function similarityColumns(against: string) {
  const of = (name: string, direction: "higher" | "lower", scale: string) =>
    ({ name, direction, scale }) as const;
  return [
    of("L1", "lower", `values from 0 to 1, against ${against}`),
    of("L2", "lower", `values from 0 to 1, against ${against}`),
    of("CLIP-I", "higher", `cosine, against ${against}`),
    of("DINO", "higher", `cosine, against ${against}; the set's own is of ViT-S/16`),
    of("DINOv2", "higher", `cosine, against ${against}; not the set's own DINO`),
    of("CLIP-T", "higher", "cosine with the wanted picture's caption"),
  ];
}
