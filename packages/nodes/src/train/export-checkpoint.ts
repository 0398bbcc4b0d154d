import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  encodeSafetensors,
  insightEditLayout,
  insightEditMini,
  ModelError,
  stateFromWeights,
  toHalfPrecision,
  toWeights,
} from "@insightgraph/models";
import { sceneObjects, sceneVocabulary } from "../scenes.ts";
import type { TrainingFolder } from "./training-folder.ts";

/**
 * Writes the averaged weights of a training run in half precision, with the config that loads them, and tells
 * how many steps they had. Throws: weights.missing.
 */
export async function exportCheckpoint(from: TrainingFolder, to: string): Promise<number> {
  const [state, autoencoder] = [
    await from.read("editing.safetensors"),
    await from.read("autoencoder.safetensors"),
  ];
  if (state === undefined || autoencoder === undefined) {
    throw new ModelError(
      "weights.missing",
      "training has not reached a checkpoint of the editing stage.",
      {
        at: from.path,
        hint: "Let it run until it says so.",
      },
    );
  }
  const network = insightEditMini(sceneVocabulary.length + 1);
  const options = {
    batch: 1,
    objects: sceneObjects.length,
    maskWeight: 0,
    stage: "editing",
  } as const;
  const layout = insightEditLayout(network, options);
  const { average, step } = stateFromWeights(layout, state);
  const shipped = toWeights(layout, average).filter(([path]) => !path.startsWith("train."));
  const weights = toHalfPrecision(new Map([...autoencoder, ...shipped]));
  await mkdir(to, { recursive: true });
  await writeFile(join(to, "model.safetensors"), encodeSafetensors(weights, { format: "pt" }));
  const config = { network, vocabulary: sceneVocabulary };
  await writeFile(join(to, "config.json"), `${JSON.stringify(config, null, 2)}\n`);
  return step;
}
