/** The paper's model, and what its ablations leave out: the image branch, the interaction, reasoning instructions. */
export const modelVariants = ["full", "no-iaa", "no-bim", "simple-only"] as const;
/** A trained variant of the model. */
export type ModelVariant = (typeof modelVariants)[number];

/** The branches that a variant was trained with; the others' networks hold nothing, or chance. */
export interface Branches {
  readonly hasAdapter: boolean;
  readonly hasInteraction: boolean;
}

/** The branches that exist in a variant. */
export function branchesOf(variant: ModelVariant): Branches {
  return { hasAdapter: variant !== "no-iaa", hasInteraction: variant !== "no-bim" };
}
