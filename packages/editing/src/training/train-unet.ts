import path from "node:path";
import {
  createTrainer,
  emitUnetSteps,
  initialState,
  type OpenGraph,
  openFiles,
  type ParameterLayout,
  parseScheduler,
  parseUnetConfig,
  type StepReport,
  stableDiffusionScheduler,
  stateFromWeights,
  stateToWeights,
  type TrainingState,
  tensorBytes,
  toWeights,
  type UnetTraining,
  unetLayout,
  type WeightMap,
} from "@insightgraph/models";
import { openPart } from "../architectures/families.ts";
import type { NetworkOpener } from "../architectures/open-network.ts";
import { diffusersWeights } from "../architectures/stable-diffusion/open-unet.ts";
import type { CheckpointComponent } from "../checkpoints/component.ts";
import { findComponent, findOptional } from "../checkpoints/find-component.ts";
import { unfitArgument } from "../errors.ts";
import { openSceneComposer, type SceneComposer } from "../scenes.ts";
import { exportLora } from "./export-lora.ts";
import { exportUnet } from "./export-unet.ts";
import { fineTuningStart } from "./fine-tuning-start.ts";
import { takeSteps } from "./take-steps.ts";
import type { TrainingFolder } from "./training-folder.ts";
import type { TrainingLogEntry } from "./training-log.ts";
import { requirePairs, type TrainingExample, trainingPairs } from "./training-pairs.ts";
import { type FrozenParts, unetBatch } from "./unet-batch.ts";
import { keepUnetRecipe, type UnetRecipe, unetAverage, unetOptimizer } from "./unet-recipe.ts";
import { whileTraining } from "./while-training.ts";
import { widenInput } from "./widen-input.ts";

/** What to train, where to keep it, and what to call on the way. */
export interface TrainUnetOptions {
  readonly recipe: UnetRecipe;
  readonly folder: TrainingFolder;
  /** Opens the training step. */
  readonly open: OpenGraph;
  /** Opens the frozen networks. */
  readonly opener: NetworkOpener;
  readonly signal: AbortSignal;
  /** Time between checkpoints. @default 180_000 */
  readonly saveEveryMs?: number;
  onStep?(step: number, losses: StepReport["losses"]): void;
  onEntry?(entry: TrainingLogEntry): void | Promise<void>;
}

const stateFile = "unet.safetensors";

/** A step holds the weights that nothing moves, and ONNX files are messages of at most 2 GB. */
const mostFrozenBytes = 2 ** 31 - 2 ** 24;

/** Refuses branches that would lie nowhere or beside a first layer that never reads the source, and weights too large for a step. */
function requireLora(training: UnetTraining, weights: WeightMap, isEditing: boolean): void {
  if (unetLayout(training).count === 0) {
    const what = `no layer's name ends in ${training.lora?.targets.join(", ")}`;
    throw unfitArgument("targets", what, "Name layers such as to_q, to_k, to_v or to_out.0.");
  }
  const bytes = [...weights.values()].reduce((sum, tensor) => sum + tensorBytes(tensor), 0);
  if (bytes > mostFrozenBytes) {
    const what = "its weights take more than 2 GB, which a step of a LoRA's training cannot hold";
    throw unfitArgument("checkpoint", what, "Use a copy in half precision, or train all weights.");
  }
  if (isEditing) return;
  throw unfitArgument(
    "checkpoint",
    "it does not read the source, and a LoRA leaves the first layer as it is",
    "Choose a network for editing, such as instruct-pix2pix, or train all weights.",
  );
}

/** What a step reads of its checkpoint: the network's sizes, its weights, and what it predicts. */
async function openTraining({ checkpoint, side, batch, lora }: UnetRecipe, parts: FrozenParts) {
  const component = await findComponent(checkpoint, "unet");
  const scheduler = await findOptional(checkpoint, "scheduler");
  const { noise, prediction } =
    scheduler === undefined ? stableDiffusionScheduler : parseScheduler(scheduler.config);
  const unet = parseUnetConfig(component.config, component.configPath);
  const { latentChannels } = parts.autoencoder;
  const isEditing = unet.inChannels === 2 * latentChannels;
  if (unet.outChannels !== latentChannels || !(isEditing || unet.inChannels === latentChannels)) {
    const what = `it maps ${unet.inChannels} channels to ${unet.outChannels}, and its latents have ${latentChannels}`;
    const hint = `Choose a network that reads ${latentChannels} or ${2 * latentChannels} channels.`;
    throw unfitArgument("checkpoint", what, hint);
  }
  const empty = await parts.textEncoder.encode(parts.opener, "");
  const data = new Uint8Array(3 * side ** 2);
  const blank = { width: side, height: side, channels: 3, data } as const;
  const { tensor } = await parts.autoencoder.encode(parts.opener, blank, side);
  const [, , height = 0, width = 0] = tensor.shape;
  const training: UnetTraining = {
    unet: { ...unet, inChannels: 2 * latentChannels, sampleSize: [height, width] },
    textTokens: empty.shape[1] ?? 0,
    ...{ batch, prediction, lora },
  };
  const own = diffusersWeights(openFiles(component.files), unet);
  const weights = isEditing ? own : widenInput(own, 2 * latentChannels);
  if (lora !== undefined) requireLora(training, weights, isEditing);
  return { component, training, weights, noise };
}

/** Examples of step after step: first pairs of the data set, then composed scenes. */
async function* examplesOf(
  composer: SceneComposer,
  { batch, pairs, side }: UnetRecipe,
  first: number,
): AsyncGenerator<readonly TrainingExample[], undefined> {
  const perBatch = pairs === undefined ? 0 : Math.round(batch * pairs.share);
  const taken = trainingPairs(pairs?.place ?? "", first * perBatch, side);
  for (let step = first; ; step++) {
    const examples: TrainingExample[] = [];
    for (let row = 0; row < batch; row++) {
      const pair = row < perBatch ? (await taken.next()).value : undefined;
      examples.push(pair ?? composer.compose(step * batch + row, "train"));
    }
    yield examples;
  }
}

async function firstState(
  folder: TrainingFolder,
  layout: ParameterLayout,
  fresh: () => TrainingState,
): Promise<TrainingState> {
  const kept = await folder.read(stateFile);
  return kept === undefined ? fresh() : stateFromWeights(layout, kept);
}

/**
 * Fine-tunes a checkpoint's UNet on pairs of a data set and composed scenes, and goes on from the folder's state; a
 * text-to-image network gets input channels for the source first. Leaves a checkpoint in diffusers' layout, or a LoRA.
 * Returns its folder. Stops at a step's end when the signal aborts, with the state saved.
 * Throws: argument.unfit at `checkpoint`, `targets` or `dataset`, checkpoint.*, train.busy, train.not-finite, train.recipe, weights.*.
 * Source: InstructPix2Pix (arXiv:2211.09800), section 3.2.
 */
export async function trainUnet(options: TrainUnetOptions): Promise<string> {
  const { pairs } = options.recipe;
  if (pairs !== undefined) await requirePairs(pairs.place);
  return whileTraining(options.folder, () => trainAlone(options));
}

async function trainAlone(options: TrainUnetOptions): Promise<string> {
  const { recipe, folder, opener, signal, saveEveryMs } = options;
  const { checkpoint, batch, seed, steps, rate } = recipe;
  await keepUnetRecipe(folder, recipe);
  const parts: FrozenParts = {
    opener,
    autoencoder: await openPart(checkpoint, "autoencoder"),
    textEncoder: await openPart(checkpoint, "textEncoder"),
  };
  const { component, training, weights, noise } = await openTraining(recipe, parts);
  const layout = unetLayout(training);
  const isLora = recipe.lora !== undefined;
  const start = await firstState(folder, layout, () =>
    isLora ? initialState(layout, seed) : fineTuningStart(layout, weights, seed),
  );
  const warmUp = Math.min(500, Math.max(1, Math.round(steps / 20)));
  const schedule = { steps, rate, warmUp, coolDown: 1 };
  const graph = await options.open(({ provider }) =>
    emitUnetSteps({
      ...{ ...training, schedule, optimizer: unetOptimizer },
      ...(isLora && { weights }),
      lowersForCpu: provider === "cpu",
    }),
  );
  const trainer = createTrainer(graph, start, { average: unetAverage });
  const to = path.resolve(folder.path, isLora ? "lora" : "checkpoint");
  const examples = examplesOf(await openSceneComposer(recipe.varied), recipe, start.step);
  try {
    await takeSteps({
      ...{ stage: "editing", trainer, steps, folder, signal, saveEveryMs },
      async next() {
        const { value = [] } = await examples.next();
        const first = seed + trainer.state.step * batch;
        return [await unetBatch(parts, { examples: value, side: recipe.side, seed: first }, noise)];
      },
      async save() {
        await folder.write(stateFile, stateToWeights(layout, trainer.state));
        await exportTrained({ checkpoint, component, layout, state: trainer.state, training }, to);
      },
      onStep: (step, losses) => options.onStep?.(step, losses),
      onEntry: (entry) => options.onEntry?.(entry),
    });
    return to;
  } finally {
    await examples.return(undefined);
    await graph.close();
  }
}

interface Trained {
  readonly checkpoint: string;
  readonly component: CheckpointComponent;
  readonly layout: ParameterLayout;
  readonly state: TrainingState;
  readonly training: UnetTraining;
}

/** The average of the weights, as a checkpoint or a LoRA. */
async function exportTrained(trained: Trained, to: string): Promise<void> {
  const { checkpoint, component, layout, state, training } = trained;
  if (training.lora !== undefined) {
    await exportLora(toWeights(layout, state.average), to);
    return;
  }
  const weights = new Map(toWeights(layout, state.average));
  await exportUnet({ checkpoint, component, weights, inChannels: training.unet.inChannels }, to);
}
