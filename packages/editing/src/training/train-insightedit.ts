import {
  createTrainer,
  emitTrainingSteps,
  fitPatchAutoencoder,
  initialState,
  insightEditLayout,
  interactionLosses,
  type LossWeights,
  movedSpan,
  type OpenGraph,
  type ParameterLayout,
  type StepReport,
  stateFromWeights,
  stateToWeights,
  type Trainer,
  type TrainingOptions,
  type TrainingSchedule,
  type TrainingStage,
  type TrainingState,
  trainingStages,
  type WeightMap,
} from "@insightgraph/models";
import { openInsightEditPart } from "../architectures/insightedit/checkpoint.ts";
import { findComponent } from "../checkpoints/find-component.ts";
import { toPlanes } from "../pictures/planes.ts";
import { openSceneComposer } from "../scenes.ts";
import { type DrawingOptions, drawBatches } from "./draw-batches.ts";
import { fineTuningStart } from "./fine-tuning-start.ts";
import { keepRecipe, rulesOf, type TrainingRecipe } from "./recipe.ts";
import { sceneKinds } from "./scene-batch.ts";
import type { TrainingFolder } from "./training-folder.ts";
import { createTrainingLog, type TrainingLogEntry } from "./training-log.ts";

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

const lossWeights: Readonly<Record<TrainingStage, LossWeights>> = {
  vision: { cells: 1 },
  // While the place is unknown, drawing is noise that drowns the question where: it comes later.
  alignment: {
    place: 0.5,
    point: 1,
    where: 4,
    gone: 0.3,
    come: 0.3,
    cells: 0.3,
    align: 0.1,
    draft: 0.02,
  },
  editing: { point: 1, where: 5, align: 0.2, draft: 0.1, diffusion: 1 },
};

/** What a variant lacks is not trained. */
function weightsOf(stage: TrainingStage, variant: TrainingRecipe["variant"]): LossWeights {
  const { hasInteraction, hasAdapter } = rulesOf(variant);
  const weights = Object.entries(lossWeights[stage])
    .filter(([name]) => hasInteraction || !interactionLosses.some((loss) => loss === name))
    .map(([name, weight]) => [name, name === "align" && !hasAdapter ? 0 : weight]);
  return Object.fromEntries(weights);
}

const optimizer = { beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0, clip: 1 };
const average = { decay: 0.999, every: 8, warmUp: 10 };

/** Highest learning rate, and the share of the steps over which it falls to zero. */
const rates: Readonly<Record<TrainingStage, readonly [rate: number, coolDown: number]>> = {
  vision: [1e-3, 0.1],
  alignment: [7e-4, 0.1],
  editing: [9e-4, 0.35],
};

function scheduleOf(stage: TrainingStage, steps: number): TrainingSchedule {
  const [rate, share] = rates[stage];
  const coolDown = Math.max(1, Math.round(steps * share));
  return { steps, rate, warmUp: 200, coolDown };
}

/** Within a run of the session, weights and moments stay where the provider keeps them. */
const stepsPerRun = 4;

const picturesForComponents = 64;

/** The autoencoder of a run is fitted once and then kept, since the latents must not move. */
async function autoencoderOf(
  folder: TrainingFolder,
  { network }: TrainingRecipe,
): Promise<WeightMap> {
  const kept = await folder.read("autoencoder.safetensors");
  if (kept !== undefined) return kept;
  const composer = await openSceneComposer();
  const pictures = Array.from({ length: picturesForComponents }, (_, seed) => {
    const { target } = composer.compose(seed, "train");
    const planes = new Float32Array(target.data.length);
    toPlanes(target.data, planes);
    return planes;
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

/** Numbers of the batches begin here; stages differ, or the second would begin by repeating the first. */
const firstBatch: Readonly<Record<TrainingStage, number>> = {
  alignment: 0,
  editing: 10_000_000,
  vision: 20_000_000,
};

function drawingOf(
  { network, batch, variant }: TrainingRecipe,
  stage: TrainingStage,
  step: number,
): DrawingOptions {
  return {
    ...{ batch, stage, ...rulesOf(variant) },
    maxWords: network.mllm.maxWords,
    first: firstBatch[stage] + step,
    grid: network.bridges.interaction.grid,
    latent: { channels: network.vae.latentChannels, side: network.unet.sampleSize },
  };
}

async function openTrainer(
  { options, autoencoder, step, layout }: Run,
  stage: TrainingStage,
  start: TrainingState,
): Promise<{ readonly trainer: Trainer; close(): Promise<void> }> {
  const { network, steps, variant } = options.recipe;
  const weights = weightsOf(stage, variant);
  const schedule = scheduleOf(stage, steps[stage]);
  const emitted = { ...step, stage, weights, autoencoder, schedule, optimizer };
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
  const { recipe, folder, signal, saveEveryMs = 180_000 } = options;
  const log = createTrainingLog();
  const { trainer, close } = await openTrainer(run, stage, start);
  const batches = drawBatches(drawingOf(recipe, stage, start.step), stepsPerRun);
  const save = async (): Promise<void> => {
    await folder.write(`${stage}.safetensors`, stateToWeights(layout, trainer.state));
    await options.onSaved?.(stage);
  };
  let savedAt = Date.now();
  try {
    while (trainer.state.step < recipe.steps[stage] && !signal.aborted) {
      const turns = Math.min(stepsPerRun, recipe.steps[stage] - trainer.state.step);
      const taken = await Promise.all(Array.from({ length: turns }, () => batches.next()));
      for (const report of await trainer.advance(taken)) {
        options.onStep?.(stage, report.step + 1, report.losses);
        const entry = log(stage, report);
        if (entry === undefined) continue;
        await folder.log(entry);
        await options.onEntry?.(entry);
      }
      if (Date.now() - savedAt > saveEveryMs) {
        await save();
        savedAt = Date.now();
      }
    }
    await save();
    return trainer.state;
  } finally {
    await Promise.all([batches.close(), close()]);
  }
}

function stageAt(index: number): TrainingStage {
  return trainingStages[index] ?? "editing";
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
 * denoising network; goes on from the folder's checkpoints. Stops at a step's end when the signal aborts, with the state saved.
 * Throws: train.not-finite, train.recipe, weights.missing, weights.shape.
 * Source: InsightEdit (arXiv:2411.17323), section 3.3, for alignment and editing.
 */
export async function trainInsightEdit(options: TrainOptions): Promise<void> {
  const { folder, recipe, signal } = options;
  await keepRecipe(folder, recipe);
  const { hasInteraction } = rulesOf(recipe.variant);
  const step = { batch: recipe.batch, objects: sceneKinds, maskWeight: 4, hasInteraction };
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
