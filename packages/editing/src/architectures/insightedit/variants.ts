/** The paper's full model and its ablations: no image branch, no interaction, no reasoning instructions. */
export const modelVariants = ["full", "no-iaa", "no-bim", "simple-only"] as const;
/** A trained variant of the model. */
export type ModelVariant = (typeof modelVariants)[number];

/** Branches that a variant was trained with; weights of the others are absent or untrained. */
export interface Branches {
  readonly hasAdapter: boolean;
  readonly hasInteraction: boolean;
}

/** The branches that exist in a variant. */
export function branchesOf(variant: ModelVariant): Branches {
  return { hasAdapter: variant !== "no-iaa", hasInteraction: variant !== "no-bim" };
}
