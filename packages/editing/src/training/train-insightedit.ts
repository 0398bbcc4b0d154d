import {
  createTrainer,
  emitTrainingSteps,
  fitPatchAutoencoder,
  initialState,
  insightEditLayout,
  movedSpan,
  type OpenGraph,
  openFiles,
  type ParameterLayout,
  type StepReport,
  stateFromWeights,
  stateToWeights,
  type Trainer,
  type TrainingOptions,
  type TrainingStage,
  type TrainingState,
  trainingStages,
  type WeightMap,
} from "@insightgraph/models";
import { openInsightEditPart } from "../architectures/insightedit/checkpoint.ts";
import { floatsOf } from "../architectures/tensor.ts";
import { findComponent } from "../checkpoints/find-component.ts";
import { pixelsOf } from "../pictures/planes.ts";
import { openSceneComposer } from "../scenes.ts";
import { type DrawingOptions, drawBatches } from "./draw-batches.ts";
import { fineTuningStart } from "./fine-tuning-start.ts";
import { keepRecipe } from "./keep-recipe.ts";
import { firstBatchOf, lossWeightsOf, rulesOf, scheduleOf, type TrainingRecipe } from "./recipe.ts";
import { sceneKinds } from "./scene-batch.ts";
import { takeSteps } from "./take-steps.ts";
import type { TrainingFolder } from "./training-folder.ts";
import type { TrainingLogEntry } from "./training-log.ts";
import { requirePairs } from "./training-pairs.ts";
import { whileTraining } from "./while-training.ts";

/** What to train, where to keep it, and what to call on the way. */
export interface TrainOptions {
  readonly recipe: TrainingRecipe;
  readonly folder: TrainingFolder;
  readonly open: OpenGraph;
  readonly signal: AbortSignal;
  /** Time between checkpoints. @default 180_000 */
  readonly saveEveryMs?: number;
  onStep?(stage: TrainingStage, step: number, losses: StepReport["losses"]): void;
  onEntry?(entry: TrainingLogEntry): void | Promise<void>;
  /** After each checkpoint. */
  onSaved?(stage: TrainingStage): void | Promise<void>;
}

/** The autoencoder of a run is fitted once and then kept, since the latents must not move. */
async function autoencoderOf(
  folder: TrainingFolder,
  { network, autoencoderPictures, objects }: TrainingRecipe,
): Promise<WeightMap> {
  const kept = await folder.read("autoencoder.safetensors");
  if (kept !== undefined) return kept;
  const composer = await openSceneComposer();
  const pictures = Array.from({ length: autoencoderPictures }, (_, seed) => {
    const { target } = composer.compose(seed, "train", { objects });
    return floatsOf(pixelsOf(target, network.vae.imageSize));
  });
  const fitted = fitPatchAutoencoder(pictures, network.vae);
  await folder.write("autoencoder.safetensors", fitted);
  return fitted;
}

/** What the stages of a run share. */
interface Run {
  readonly options: TrainOptions;
  readonly autoencoder: WeightMap;
  readonly step: Omit<TrainingOptions, "stage">;
  readonly layout: ParameterLayout;
}

function drawingOf(recipe: TrainingRecipe, stage: TrainingStage, step: number): DrawingOptions {
  const { network, batch, variant, drops, decoding, objects, varied, pairs } = recipe;
  const { scenes, hasAdapter } = rulesOf(variant);
  return {
    ...{ batch, stage, drops, decoding, hasAdapter },
    scenes: { ...scenes, objects },
    varied,
    pictureSize: network.vae.imageSize,
    maxWords: network.mllm.maxWords,
    first: firstBatchOf(stage, recipe) + step,
    // The stages before ask which objects there are, and a pair does not say.
    ...(pairs !== undefined &&
      (stage === "editing" || stage === "decoding") && { pairs: { ...pairs, steps: step } }),
    grid: network.bridges.interaction.grid,
    latent: { channels: network.vae.latentChannels, side: network.unet.sampleSize },
  };
}

/** ST-LPIPS, as the perceptual loss reads it. Throws: what `findComponent` throws. */
async function perceptualWeights(): Promise<WeightMap> {
  const { files } = await findComponent("st-lpips", "model");
  const stored = openFiles(files);
  return new Map([...stored].map(([path, tensor]) => [`perceptual.${path}`, tensor]));
}

async function openTrainer(
  { options, autoencoder, step, layout }: Run,
  stage: TrainingStage,
  start: TrainingState,
): Promise<{ readonly trainer: Trainer; close(): Promise<void> }> {
  const { recipe } = options;
  const { network, optimizer, average } = recipe;
  const weights = lossWeightsOf(stage, recipe);
  const schedule = scheduleOf(stage, recipe);
  const perceptual = weights.perceptual === undefined ? [] : await perceptualWeights();
  const frozen = new Map([...autoencoder, ...perceptual]);
  const emitted = { ...step, stage, weights, frozen, schedule, optimizer };
  const graph = await options.open(({ provider }) =>
    emitTrainingSteps(network, { ...emitted, lowersForCpu: provider === "cpu" }),
  );
  return {
    trainer: createTrainer(graph, start, { average, moved: movedSpan(layout, stage) }),
    close: () => graph.close(),
  };
}

/** Trains to the stage's last step or until the signal aborts; the last whole state is in the folder then. */
async function runStage(
  run: Run,
  stage: TrainingStage,
  start: TrainingState,
): Promise<TrainingState> {
  const { options, layout } = run;
  const { recipe, folder, signal, saveEveryMs } = options;
  const { trainer, close } = await openTrainer(run, stage, start);
  const batches = drawBatches(drawingOf(recipe, stage, start.step), recipe.stepsPerRun);
  try {
    await takeSteps({
      ...{ stage, trainer, folder, signal, saveEveryMs },
      steps: recipe.steps[stage],
      next: (left) =>
        Promise.all(
          Array.from({ length: Math.min(recipe.stepsPerRun, left) }, () => batches.next()),
        ),
      async save() {
        await folder.write(`${stage}.safetensors`, stateToWeights(layout, trainer.state));
        await options.onSaved?.(stage);
      },
      onStep: (step, losses) => options.onStep?.(stage, step, losses),
      onEntry: (entry) => options.onEntry?.(entry),
    });
    return trainer.state;
  } finally {
    await Promise.all([batches.close(), close()]);
  }
}

function stageAt(index: number): TrainingStage {
  return trainingStages[index] ?? "decoding";
}

async function firstState(
  layout: ParameterLayout,
  { start, seed }: TrainingRecipe,
): Promise<TrainingState> {
  if (start === undefined) return initialState(layout, seed);
  const { weights } = openInsightEditPart(await findComponent(start, "unet"), "unet");
  return fineTuningStart(layout, weights, seed);
}

/**
 * Trains `insightedit-mini` on composed scenes: the vision tower, then comprehension and bridges, then bridges and
 * denoising network, then the decoder that sees the source; goes on from the folder's checkpoints. Stops at a step's end when the signal aborts, with the state saved.
 * Throws: argument.unfit at `dataset`, train.busy, train.not-finite, train.recipe, weights.missing, weights.shape.
 * Source: InsightEdit (arXiv:2411.17323), section 3.3, for alignment and editing.
 */
export async function trainInsightEdit(options: TrainOptions): Promise<void> {
  const { folder, recipe } = options;
  if (recipe.pairs !== undefined) await requirePairs(recipe.pairs.place);
  await whileTraining(folder, () => trainStages(options));
}

async function trainStages(options: TrainOptions): Promise<void> {
  const { folder, recipe, signal } = options;
  await keepRecipe(folder, recipe);
  const { hasInteraction } = rulesOf(recipe.variant);
  const { batch, maskWeight } = recipe;
  const step = { batch, objects: sceneKinds, maskWeight, hasInteraction };
  const layout = insightEditLayout(recipe.network, { ...step, stage: "editing" });
  const autoencoder = await autoencoderOf(folder, recipe);
  const run: Run = { options, autoencoder, step, layout };
  const load = async (stage: TrainingStage): Promise<TrainingState | undefined> => {
    const kept = await folder.read(`${stage}.safetensors`);
    return kept && stateFromWeights(layout, kept);
  };
  let state: TrainingState | undefined;
  let begun = trainingStages.length;
  while (state === undefined && begun > 0) state = await load(stageAt(--begun));
  state ??= await firstState(layout, recipe);
  for (const stage of trainingStages.slice(begun)) {
    if (recipe.steps[stage] > 0) state = await runStage(run, stage, state);
    if (signal.aborted) return;
    const zeros = (): Float32Array => new Float32Array(layout.count);
    state = { ...state, step: 0, first: zeros(), second: zeros() };
  }
}
