import { fileURLToPath } from "node:url";
import { openSession } from "@insightgraph/engine/runtime";
import type { NetworkOpener } from "../architectures/open-network.ts";
import { trainUnet } from "./train-unet.ts";
import { openTrainingFolder } from "./training-folder.ts";
import type { UnetRecipe } from "./unet-recipe.ts";

/** A checkpoint with random weights, in the layout of Stable Diffusion. */
export const tinyCheckpoint: string = fileURLToPath(
  new URL("../../../../test/fixtures/checkpoints/tiny-instruct-pix2pix", import.meta.url),
);

/** Opens each network once. */
export function createOpener(): NetworkOpener {
  const opened = new Map<string, ReturnType<NetworkOpener["open"]>>();
  return {
    open({ key, onnx, externalFolder }) {
      const session =
        opened.get(key) ?? openSession(onnx({ provider: "cpu" }), { threads: 1, externalFolder });
      opened.set(key, session);
      return session;
    },
  };
}

export const tinyUnetRecipe: UnetRecipe = {
  checkpoint: `dir:${tinyCheckpoint}`,
  ...{ steps: 6, batch: 2, side: 16, rate: 1e-3, seed: 1, varied: 0 },
};

/** Trains in a folder and hands each step's loss on, to the last digit. */
export async function trainTinyUnet(
  path: string,
  recipe: UnetRecipe,
  onStep: (line: string) => void,
  signal: AbortSignal = new AbortController().signal,
): Promise<string> {
  return trainUnet({
    ...{ recipe, signal, opener: createOpener() },
    folder: await openTrainingFolder(path),
    open: (emit) => openSession(emit({ provider: "cpu" }), { threads: 1 }),
    saveEveryMs: -1,
    onStep: (step, losses) => onStep(`${step} ${JSON.stringify(losses)}`),
  });
}
