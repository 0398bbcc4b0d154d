import {
  createTrainer,
  createWordTokenizer,
  emitTrainingStep,
  fitPatchAutoencoder,
  type InsightEditConfig,
  initialState,
  insightEditLayout,
  insightEditMini,
  type LossWeights,
  type OpenGraph,
  type StepReport,
  stateFromWeights,
  stateToWeights,
  type TrainingSchedule,
  type TrainingStage,
  type TrainingState,
  type WeightMap,
} from "@insightgraph/models";
import { toPlanes } from "../generation/pixels.ts";
import { openSceneComposer, type SceneComposer, sceneVocabulary } from "../scenes.ts";
import { sceneBatch, sceneKinds } from "./scene-batch.ts";
import type { TrainingFolder } from "./training-folder.ts";

export interface TrainOptions {
  readonly folder: TrainingFolder;
  readonly open: OpenGraph;
  readonly signal: AbortSignal;
  /** Steps of each stage. */
  readonly steps: Readonly<Record<TrainingStage, number>>;
  /** Sizes of the networks. @default insightedit-mini's */
  readonly config?: InsightEditConfig;
  /** Scenes in a step. @default 32 */
  readonly batch?: number;
  /** @default 1 */
  readonly seed?: number;
  /** Time between checkpoints. @default 180_000 */
  readonly saveEveryMs?: number;
  onStep?(stage: TrainingStage, report: StepReport): void;
}

const lossWeights: Readonly<Record<TrainingStage, LossWeights>> = {
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

const betas = { beta1: 0.9, beta2: 0.99, weightDecay: 0 };

function scheduleOf(stage: TrainingStage, steps: number): TrainingSchedule {
  const coolDown = Math.max(1, Math.round(steps * (stage === "alignment" ? 0.1 : 0.35)));
  const rate = stage === "alignment" ? 7e-4 : 9e-4;
  return { steps, rate, warmUp: 200, coolDown, ...betas, averageDecay: 0.999 };
}

const pixelsForComponents = 300;

function fitAutoencoder(composer: SceneComposer, config: InsightEditConfig): WeightMap {
  const pictures = Array.from({ length: pixelsForComponents }, (_, seed) => {
    const { target } = composer.compose(seed, "train");
    const planes = new Float32Array(target.data.length);
    toPlanes(target.data, planes);
    return planes;
  });
  return fitPatchAutoencoder(pictures, config.vae);
}

/** The autoencoder of a run is fitted once and then kept, since the latents must not move. */
async function autoencoderOf(
  folder: TrainingFolder,
  composer: SceneComposer,
  config: InsightEditConfig,
): Promise<WeightMap> {
  const kept = await folder.read("autoencoder.safetensors");
  if (kept !== undefined) return kept;
  const fitted = fitAutoencoder(composer, config);
  await folder.write("autoencoder.safetensors", fitted);
  return fitted;
}

/**
 * Trains `insightedit-mini` on composed scenes, first comprehension and bridges, then everything; goes on from
 * the folder's checkpoints. Stops at a step's end when the signal aborts, with the state saved.
 * Throws: train.not-finite, weights.missing, weights.shape.
 * Source: InsightEdit (arXiv:2411.17323), section 3.3, for the two stages.
 */
export async function trainInsightEdit(options: TrainOptions): Promise<void> {
  const { folder, open, signal, batch = 32, seed = 1, saveEveryMs = 180_000 } = options;
  const { config = insightEditMini(sceneVocabulary.length + 1) } = options;
  const composer = await openSceneComposer();
  const tokenizer = createWordTokenizer(sceneVocabulary, config.mllm.maxWords);
  const autoencoder = await autoencoderOf(folder, composer, config);
  const shared = { batch, objects: sceneKinds, maskWeight: 4 };
  const layout = insightEditLayout(config, { ...shared, stage: "editing" });
  const load = async (stage: TrainingStage): Promise<TrainingState | undefined> => {
    const kept = await folder.read(`${stage}.safetensors`);
    return kept && stateFromWeights(layout, kept);
  };

  const runStage = async (stage: TrainingStage, start: TrainingState): Promise<TrainingState> => {
    const schedule = scheduleOf(stage, options.steps[stage]);
    const weights = lossWeights[stage];
    const onnx = emitTrainingStep(config, {
      ...shared,
      stage,
      weights,
      autoencoder,
      optimizer: betas,
    });
    const graph = await open(onnx);
    const trainer = createTrainer(graph, start, schedule);
    const save = (): Promise<void> =>
      folder.write(`${stage}.safetensors`, stateToWeights(layout, trainer.state));
    const latent = { channels: config.vae.latentChannels, side: config.unet.sampleSize };
    const { grid } = config.bridges.interaction;
    // Stages draw from different seeds, or the second would begin by repeating the first.
    const offset = stage === "alignment" ? 0 : 10_000_000;
    let savedAt = Date.now();
    while (trainer.state.step < schedule.steps && !signal.aborted) {
      const at = offset + trainer.state.step;
      const made = sceneBatch(composer, tokenizer, at, { batch, grid, latent, stage });
      options.onStep?.(stage, await trainer.advance(made));
      if (Date.now() - savedAt > saveEveryMs) {
        await save();
        savedAt = Date.now();
      }
    }
    await save();
    await graph.close();
    return trainer.state;
  };

  const begun = await load("editing");
  if (begun !== undefined) {
    await runStage("editing", begun);
    return;
  }
  const aligned = await runStage(
    "alignment",
    (await load("alignment")) ?? initialState(layout, seed),
  );
  if (signal.aborted) return;
  const zeros = (): Float32Array => new Float32Array(layout.count);
  await runStage("editing", { ...aligned, step: 0, first: zeros(), second: zeros() });
}
