import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import {
  encodeSafetensors,
  insightEditLayout,
  ModelError,
  stateFromWeights,
  toHalfPrecision,
  toWeights,
  type WeightMap,
} from "@insightgraph/models";
import { writeWhole } from "../files/write-whole.ts";
import { sceneVocabulary } from "../scenes.ts";
import { readRecipe } from "./keep-recipe.ts";
import { rulesOf } from "./recipe.ts";
import { sceneKinds } from "./scene-batch.ts";
import type { TrainingFolder } from "./training-folder.ts";

/** As `sha256sum` writes and checks them. */
function sumsOf(files: Readonly<Record<string, Uint8Array>>): string {
  return Object.entries(files)
    .map(([name, content]) => `${createHash("sha256").update(content).digest("hex")}  ${name}\n`)
    .join("");
}

/** The state of the latest stage before the decoder's of which a checkpoint can be made. */
async function lastState(from: TrainingFolder): Promise<WeightMap | undefined> {
  return (await from.read("editing.safetensors")) ?? (await from.read("alignment.safetensors"));
}

/**
 * Writes the averaged weights of a training run in half precision, or the trained ones where its last stage ended before
 * the average moved, with the config that loads them and their digests. Tells how many steps the last stage had.
 * Throws: train.recipe, weights.missing.
 */
export async function exportCheckpoint(from: TrainingFolder, to: string): Promise<number> {
  const recipe = await readRecipe(from);
  const { network, variant } = recipe;
  const decoded = await from.read("decoding.safetensors");
  const state = decoded ?? (await lastState(from));
  const autoencoder = await from.read("autoencoder.safetensors");
  if (state === undefined || autoencoder === undefined) {
    const what = "training has not reached a checkpoint of the alignment stage.";
    throw new ModelError("weights.missing", what, {
      at: from.path,
      hint: "Let it run until it says so.",
    });
  }
  const { hasInteraction } = rulesOf(variant);
  const sizes = { batch: 1, objects: sceneKinds, maskWeight: 0, hasInteraction };
  const layout = insightEditLayout(network, { ...sizes, stage: "editing" });
  const { parameters, average, step } = stateFromWeights(layout, state);
  const hasMoved = step >= recipe.average.every;
  const isLearnt = (path: string): boolean =>
    !path.startsWith("train.") && (decoded !== undefined || !path.startsWith("decoder."));
  const learnt = toWeights(layout, hasMoved ? average : parameters).filter(([path]) =>
    isLearnt(path),
  );
  const weights = toHalfPrecision(new Map([...autoencoder, ...learnt]));
  const config = { network, variant, vocabulary: sceneVocabulary };
  const files = {
    "config.json": Buffer.from(`${JSON.stringify(config, null, 2)}\n`),
    "model.safetensors": encodeSafetensors(weights, { format: "pt" }),
  };
  await mkdir(to, { recursive: true });
  for (const [name, content] of Object.entries(files)) await writeWhole(join(to, name), content);
  await writeWhole(join(to, "SHA256SUMS"), sumsOf(files));
  return step;
}
