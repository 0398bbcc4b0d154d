import type { ImageEmbedder } from "../architectures/image-embedder.ts";
import type { NetworkOpener } from "../architectures/open-network.ts";
import type { PerceptualDistance } from "../architectures/perceptual-distance.ts";
import type { ClipHalves } from "../metrics/text-similarity.ts";
import type { Picture } from "../pictures/picture.ts";

/** Judges edits. */
export interface EditJudge {
  /** Who judges. */
  readonly name: string;
  /** VIEScore from 0 to 10: the lower of its two numbers of each kind. Throws: endpoint.*. */
  vieScore(edit: JudgedEdit): Promise<{ readonly semantics: number; readonly quality: number }>;
  /**
   * ImgEdit's numbers from 1 to 5, by the benchmark's own question.
   * @param count How many the question asks for.
   * Throws: endpoint.*.
   */
  rate(edit: JudgedEdit, question: string, count: number): Promise<Rating>;
}

/** An edit to be judged. */
export interface JudgedEdit {
  readonly source: Picture;
  readonly result: Picture;
  readonly instruction: string;
}

/** What a judge says of an edit, in whole numbers. */
export interface Rating {
  readonly reasoning: string;
  readonly scores: readonly { readonly name: string; readonly score: number }[];
}

/** What scores edits; what is not there leaves holes. */
export interface Scorers {
  readonly opener: NetworkOpener;
  readonly clip?: ClipHalves | undefined;
  readonly lpips?: PerceptualDistance | undefined;
  readonly dino?: ImageEmbedder | undefined;
  readonly dinov2?: ImageEmbedder | undefined;
  readonly judge?: EditJudge | undefined;
  /** Why a scorer is missing, by its name here. */
  readonly missing: Readonly<
    Partial<Record<"clip" | "lpips" | "dino" | "dinov2" | "judge", string>>
  >;
}
