import { type Capabilities, openPart, partFingerprint } from "@insightgraph/editing/architectures";
import { EditingError } from "@insightgraph/editing/errors";
import { inputError, param, type RunContext } from "@insightgraph/engine/node";
import { blameParam } from "../model/checkpoint-param.ts";

/** A model that a metric needs and that does not ship. */
export interface AddedModel<C extends Embedding> {
  readonly capability: C;
  /** What the model calls itself; one with several sizes names each in brackets after it. */
  readonly name: string;
  /** A checkpoint of it, under the name that it gets. */
  readonly suggested: string;
  /** How to add that one, as the end of a sentence. */
  readonly howToAdd: string;
}

/** What metrics open, each with the model's own name. */
type Embedding = "imageEmbedder" | "perceptualDistance" | "textEmbedder";

/** CLIP's image half, as metrics need it. */
export const clipImages: AddedModel<"imageEmbedder"> = {
  capability: "imageEmbedder",
  name: "CLIP",
  suggested: "clip-vit-base-patch32",
  howToAdd: "add one with: insightgraph models add hf:openai/clip-vit-base-patch32",
};

/** CLIP's text half, as metrics need it. */
export const clipTexts: AddedModel<"textEmbedder"> = { ...clipImages, capability: "textEmbedder" };

/** DINOv2, as metrics need it. */
export const dinov2: AddedModel<"imageEmbedder"> = {
  capability: "imageEmbedder",
  name: "DINOv2",
  suggested: "dinov2-base",
  howToAdd: "add one with: insightgraph models add hf:facebook/dinov2-base",
};

/** LPIPS with any of its networks. */
export const lpips: AddedModel<"perceptualDistance"> = {
  capability: "perceptualDistance",
  name: "LPIPS",
  suggested: "lpips-alex",
  howToAdd: "docs/metrics.md says how to make one from the lpips package and add it",
};

/** A param that names a checkpoint of an added model. */
export function addedModelParam({ name, suggested }: AddedModel<Embedding>) {
  return param.text({
    default: suggested,
    doc: `Name of an added ${name} checkpoint, or dir: and the absolute path of its folder.`,
  });
}

/** What a task gives, or something else where its checkpoint has not been added; other faults are thrown. */
async function orMissing<T, M>(missing: M, task: () => Promise<T>): Promise<T | M> {
  try {
    return await task();
  } catch (thrown) {
    if (thrown instanceof EditingError && thrown.code === "checkpoint.unknown") return missing;
    throw thrown;
  }
}

/** A fingerprint that changes when the checkpoint is added, so that the result fills the hole. */
export function addedFingerprint(
  { capability }: AddedModel<Embedding>,
  checkpoint: string,
): Promise<string> {
  return blameParam("checkpoint", () =>
    orMissing("not added", () => partFingerprint(checkpoint, capability)),
  );
}

/**
 * Opens an added model; undefined, with a line in the log that says how to add it, where nobody has.
 * Throws: node.bad-input at `checkpoint` for a checkpoint of another model.
 */
export async function openAdded<C extends Embedding>(
  { capability, name, suggested, howToAdd }: AddedModel<C>,
  checkpoint: string,
  { log }: RunContext,
): Promise<Capabilities[C] | undefined> {
  const part = await blameParam("checkpoint", () =>
    orMissing(undefined, () => openPart(checkpoint, capability)),
  );
  if (part === undefined) {
    log(`No score (NaN): there is no checkpoint "${checkpoint}"; ${howToAdd}.`);
    return undefined;
  }
  if (part.name === name || part.name.startsWith(`${name} (`)) return part;
  throw inputError(`"${checkpoint}" is ${part.name}, not ${name}.`, {
    param: "checkpoint",
    hint: `Name a checkpoint of ${name}, such as ${suggested}.`,
  });
}
