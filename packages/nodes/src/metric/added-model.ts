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
export type Embedding = "imageEmbedder" | "perceptualDistance" | "textEmbedder";

/** OpenAI's CLIP of some size, its image half. @param suggested Its name on the hub. */
export function clipOf(suggested: string): AddedModel<"imageEmbedder"> {
  const howToAdd = `add one with: insightgraph models add hf:openai/${suggested}`;
  return { capability: "imageEmbedder", name: "CLIP", suggested, howToAdd };
}

/** CLIP's image half, as metrics need it. */
export const clipImages: AddedModel<"imageEmbedder"> = clipOf("clip-vit-base-patch32");

/** CLIP's text half, as metrics need it. */
export const clipTexts: AddedModel<"textEmbedder"> = { ...clipImages, capability: "textEmbedder" };

/** DINO of version 1, as metrics need it. */
export const dino: AddedModel<"imageEmbedder"> = {
  capability: "imageEmbedder",
  name: "DINO",
  suggested: "dino-vits16",
  howToAdd: "add one with: insightgraph models add hf:facebook/dino-vits16@refs/pr/1",
};

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
    folderPrefix: "dir:",
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

/** An added model, or why there is none. */
type FoundModel<Part> =
  | { readonly part: Part; readonly why?: undefined }
  | { readonly part?: undefined; readonly why: string };

/** Opens an added model. Throws: node.bad-input at `param` for a checkpoint of another model. */
export async function findAdded<C extends Embedding>(
  model: AddedModel<C>,
  checkpoint: string,
  param = "checkpoint",
): Promise<FoundModel<Capabilities[C]>> {
  const { capability, name, suggested, howToAdd } = model;
  const part = await blameParam(param, () =>
    orMissing(undefined, () => openPart(checkpoint, capability)),
  );
  if (part === undefined) return { why: `there is no checkpoint "${checkpoint}"; ${howToAdd}` };
  if (part.name === name || part.name.startsWith(`${name} (`)) return { part };
  throw inputError(`"${checkpoint}" is ${part.name}, not ${name}.`, {
    param,
    hint: `Name a checkpoint of ${name}, such as ${suggested}.`,
  });
}

/**
 * Opens an added model; undefined, with a line in the log that says how to add it, where nobody has.
 * Throws: node.bad-input at `checkpoint` for a checkpoint of another model.
 */
export async function openAdded<C extends Embedding>(
  model: AddedModel<C>,
  checkpoint: string,
  { log }: RunContext,
): Promise<Capabilities[C] | undefined> {
  const { part, why } = await findAdded(model, checkpoint);
  if (part === undefined) log(`No score (NaN): ${why}.`);
  return part;
}
