import { openPart } from "../architectures/families.ts";
import type { NetworkOpener } from "../architectures/open-network.ts";
import { resizePicture } from "../pictures/planes.ts";
import { editPicture } from "../sampling/edit-picture.ts";
import { heldOutCount, openSceneComposer } from "../scenes.ts";
import type { EditResult } from "./score-edits.ts";

/** Which edits to evaluate, and how to sample them. */
export interface EvaluationOptions {
  readonly checkpoint: string;
  readonly steps: number;
  readonly textGuidance: number;
  readonly imageGuidance: number;
  readonly noiseScale: number;
  /** False leaves the image alignment adapter out: the paper's first ablation. */
  readonly hasAdapter: boolean;
  /** How many of the held-out edits. @default all 300 */
  readonly count?: number;
  readonly signal: AbortSignal;
}

/** As graphs/insightedit.json samples. */
export const usualSampling = {
  steps: 1,
  textGuidance: 1,
  imageGuidance: 1,
  // Chosen on scenes as training shows them; 0 does as well, but makes every seed the same.
  noiseScale: 0.3,
} as const;

/** An edit with its result and its instruction. */
export interface EvaluatedEdit extends EditResult {
  readonly instruction: string;
}

/** Edits the held-out scenes in their fixed order, each with its own index as seed; results have their size. */
export async function* evaluateEdits(
  context: NetworkOpener,
  options: EvaluationOptions,
): AsyncGenerator<EvaluatedEdit> {
  const { checkpoint, hasAdapter, count = heldOutCount, signal, ...settings } = options;
  const parts = {
    comprehender: await openPart(checkpoint, "comprehender"),
    bridges: await openPart(checkpoint, "bridges"),
    denoiser: await openPart(checkpoint, "denoiser"),
    autoencoder: await openPart(checkpoint, "autoencoder"),
  };
  const composer = await openSceneComposer();
  for (let index = 0; index < count; index++) {
    signal.throwIfAborted();
    const { source, target, mask, instruction, operation, kind } = composer.heldOut(index);
    const edited = await editPicture(context, parts, source, instruction, {
      ...settings,
      seed: index,
      imageScale: hasAdapter ? 1 : undefined,
      signal,
    });
    const result = resizePicture(edited, source.width, source.height);
    yield { source, target, result, mask, instruction, operation, kind };
  }
}
