import type { ImageEmbedder } from "../architectures/image-embedder.ts";
import type { NetworkOpener } from "../architectures/open-network.ts";
import type { TextEmbedder } from "../architectures/text-embedder.ts";
import type { Picture } from "../pictures/picture.ts";
import { cosineSimilarity } from "./cosine-similarity.ts";
import type { MetricFacts } from "./metric.ts";

/** Source: MagicBrush (arXiv:2306.10012), section 4. */
export const clipTextFacts: MetricFacts = {
  name: "CLIP-T",
  formula: "CLIP(a) · CLIP(t) / (|CLIP(a)| |CLIP(t)|)",
  range: [-1, 1],
  direction: "higher",
  scale:
    "cosine of CLIP's image and text embeddings; depends on the CLIP, MagicBrush's is ViT-B/32",
  source: "MagicBrush (arXiv:2306.10012), CLIP (arXiv:2103.00020)",
};

/** Source: CLIPScore (arXiv:2104.08718), with torchmetrics' factor of 100. */
export const clipScoreFacts: MetricFacts = {
  name: "CLIPScore",
  formula: "100 max(CLIP-T, 0)",
  range: [0, 100],
  direction: "higher",
  scale:
    "as torchmetrics and most editing papers; Hessel et al. take 2.5 instead of 100. Depends on the CLIP",
  source: "Hessel et al. 2021 (arXiv:2104.08718)",
};

/** Source: StyleGAN-NADA (arXiv:2108.00946), eq. 1; InstructPix2Pix (arXiv:2211.09800), section 4.2. */
export const clipDirectionFacts: MetricFacts = {
  name: "CLIP direction",
  formula: "cosine of I(a) - I(b) and T(after) - T(before), I and T of unit length",
  range: [-1, 1],
  direction: "higher",
  scale: "1 where the picture changed as the captions did; depends on the CLIP",
  source: "Gal et al. 2021 (arXiv:2108.00946), as InstructPix2Pix (arXiv:2211.09800) reports it",
};

/** Both halves of a CLIP. */
export interface ClipHalves {
  readonly images: ImageEmbedder;
  readonly texts: TextEmbedder;
}

/**
 * How well a picture shows what a text says.
 * @param warn Receives a sentence where the text is cut off.
 */
export async function measureTextSimilarity(
  opener: NetworkOpener,
  { images, texts }: ClipHalves,
  { picture, text }: { readonly picture: Picture; readonly text: string },
  warn?: (text: string) => void,
): Promise<number> {
  const shown = await images.embed(opener, picture);
  return cosineSimilarity(shown, await texts.embed(opener, text, warn));
}

/** A cosine of a picture and a text on CLIPScore's scale. */
export function toClipScore(cosine: number): number {
  return 100 * Math.max(cosine, 0);
}

/** An edit, described before and after. */
export interface CaptionedEdit {
  readonly source: Picture;
  readonly edited: Picture;
  readonly before: string;
  readonly after: string;
}

function unitLength(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

/** How far the picture changed in the direction in which its caption did; NaN where one of them did not change. */
export async function measureDirection(
  opener: NetworkOpener,
  { images, texts }: ClipHalves,
  { source, edited, before, after }: CaptionedEdit,
  warn?: (text: string) => void,
): Promise<number> {
  const ends = [
    [await images.embed(opener, source), await images.embed(opener, edited)],
    [await texts.embed(opener, before, warn), await texts.embed(opener, after, warn)],
  ] as const;
  const [seen, said] = ends.map(([from, to]) => {
    const start = unitLength(from);
    return unitLength(to).map((value, at) => value - (start[at] as number));
  }) as [Float32Array, Float32Array];
  return cosineSimilarity(seen, said);
}
