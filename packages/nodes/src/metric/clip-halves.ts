import type { ClipHalves } from "@insightgraph/editing/metrics";
import type { RunContext } from "@insightgraph/engine/node";
import { addedFingerprint, clipImages, clipTexts, openAdded } from "./added-model.ts";

/** Opens both halves of an added CLIP; undefined, and said in the log, where nobody has added it. */
export async function openClip(
  checkpoint: string,
  context: RunContext,
): Promise<ClipHalves | undefined> {
  const images = await openAdded(clipImages, checkpoint, context);
  if (images === undefined) return undefined;
  const texts = await openAdded(clipTexts, checkpoint, context);
  return texts && { images, texts };
}

/** What both halves are known by. */
export async function clipFingerprint(checkpoint: string): Promise<string> {
  const images = await addedFingerprint(clipImages, checkpoint);
  return `${images} ${await addedFingerprint(clipTexts, checkpoint)}`;
}
