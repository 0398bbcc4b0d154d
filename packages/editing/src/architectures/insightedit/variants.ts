/** The paper's full model and its ablations: no image branch, no interaction, neither of them, no reasoning instructions. */
export const modelVariants = ["full", "no-iaa", "no-bim", "q-former", "simple-only"] as const;
/** A trained variant of the model. */
export type ModelVariant = (typeof modelVariants)[number];

/** Branches that a variant was trained with; weights of the others are absent or untrained. */
export interface Branches {
  readonly hasAdapter: boolean;
  readonly hasInteraction: boolean;
}

/** The branches that exist in a variant. */
export function branchesOf(variant: ModelVariant): Branches {
  const isBare = variant === "q-former";
  return {
    hasAdapter: variant !== "no-iaa" && !isBare,
    hasInteraction: variant !== "no-bim" && !isBare,
  };
}
