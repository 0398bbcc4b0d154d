import { openSession } from "@insightgraph/engine/runtime";
import { defaultRecipe, type TrainingRecipe } from "./recipe.ts";
import { trainInsightEdit } from "./train-insightedit.ts";
import { openTrainingFolder } from "./training-folder.ts";

const mini = defaultRecipe.network;
const width = 16;

/** The mini's structure at the smallest sizes. */
const network = {
  ...mini,
  mllm: {
    ...mini.mllm,
    vision: { ...mini.mllm.vision, width, layers: 1, heads: 2 },
    width,
    hidden: width,
    layers: 1,
    heads: 2,
  },
  bridges: {
    ...mini.bridges,
    mmWidth: width,
    visionWidth: width,
    qFormer: { queries: 4, width, layers: 1, heads: 2 },
    interaction: { ...mini.bridges.interaction, heads: 2, visualChannels: width },
    adapter: { mapperWidth: 4, tokens: 4, width },
  },
  unet: {
    ...mini.unet,
    blockOutChannels: [width, width],
    heads: 2,
    normNumGroups: 4,
    crossAttentionDim: width,
    textTokens: 4,
  },
  decoder: { widths: [4, 4, 4], normNumGroups: 2 },
};

export const tinyRecipe: TrainingRecipe = {
  ...defaultRecipe,
  steps: { vision: 1, alignment: 1, editing: 3, decoding: 2 },
  batch: 2,
  network,
};

/** Trains in a folder and hands each step's losses on, to the last digit. */
export async function trainTiny(
  path: string,
  onStep: (line: string) => void,
  signal: AbortSignal = new AbortController().signal,
): Promise<void> {
  await trainInsightEdit({
    folder: await openTrainingFolder(path),
    open: (emit) => openSession(emit({ provider: "cpu" }), { threads: 1 }),
    signal,
    recipe: tinyRecipe,
    saveEveryMs: -1,
    onStep: (stage, step, losses) => onStep(`${stage} ${step} ${JSON.stringify(losses)}`),
  });
}
