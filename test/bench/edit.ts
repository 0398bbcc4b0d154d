// Prints what one edit and one training step cost on this machine, beside the limit that its convolutions set:
// `npx tsx --conditions=@insightgraph/source test/bench/edit.ts`
import { createSessionPool, openSession } from "../../packages/engine/src/runtime.ts";
import {
  createTrainer,
  createWordTokenizer,
  emitTrainingStep,
  initialState,
  insightEditLayout,
  insightEditMini,
  movedSpan,
} from "../../packages/models/src/index.ts";
import { emitGraph } from "../../packages/models/src/onnx/emit.ts";
import { createGraph, declareInput } from "../../packages/models/src/onnx/graph.ts";
import { convolution } from "../../packages/models/src/onnx/ops/convolution.ts";
import { editPicture } from "../../packages/nodes/src/generation/edit-picture.ts";
import { loadCheckpoint } from "../../packages/nodes/src/model/load-checkpoint.ts";
import {
  openSceneComposer,
  sceneObjects,
  sceneVocabulary,
} from "../../packages/nodes/src/scenes.ts";
import { sceneBatch } from "../../packages/nodes/src/train/scene-batch.ts";

/** The least of several times: what the machine can do when left alone. */
async function fastest(
  repeats: number,
  task: (round: number) => Promise<unknown>,
): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < repeats; round++) {
    const start = performance.now();
    await task(round);
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

/** GFLOP/s of a 3x3 convolution, batch 32, 128 channels, 16 x 16. */
async function convolutionLimit(): Promise<number> {
  const [batch, channels, side] = [32, 128, 16];
  const graph = createGraph();
  const shapes = { x: [batch, channels, side, side], w: [channels, channels, 3, 3] };
  const x = declareInput(graph, "x", shapes.x);
  const w = declareInput(graph, "w", shapes.w);
  const session = await openSession(
    emitGraph(graph, { y: convolution(x, w, undefined, { padding: 1 }) }),
  );
  const feeds = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => {
      const data = new Float32Array(shape.reduce((n, size) => n * size, 1)).fill(0.5);
      return [name, { dtype: "float32" as const, shape, data }];
    }),
  );
  const ms = await fastest(10, () => session.run(feeds));
  await session.close();
  return (2 * 9 * channels * channels * side * side * batch) / ms / 1e6;
}

async function editTime(steps: number): Promise<number> {
  const pool = createSessionPool();
  const parts = await loadCheckpoint("insightedit-mini");
  const { source, instruction } = (await openSceneComposer()).heldOut(0);
  const settings = { steps, textGuidance: 1, imageGuidance: 1, seed: 1, imageScale: 1 };
  const { signal } = new AbortController();
  const ms = await fastest(6, () =>
    editPicture(pool, parts, source, instruction, { ...settings, signal }),
  );
  await pool.close();
  return ms;
}

async function trainingRate(stage: "alignment" | "editing"): Promise<number> {
  const [batch, composer] = [32, await openSceneComposer()];
  const config = insightEditMini(sceneVocabulary.length + 1);
  const shared = { batch, objects: sceneObjects.length, maskWeight: 4, stage };
  const { weights: autoencoder } = (await loadCheckpoint("insightedit-mini")).vae;
  const weights = { where: 1, align: 1, ...(stage === "editing" ? { diffusion: 1 } : { gone: 1 }) };
  const graph = await openSession(emitTrainingStep(config, { ...shared, weights, autoencoder }));
  const schedule = { steps: 100, rate: 1e-4, warmUp: 10, coolDown: 10, averageDecay: 0.99 };
  const layout = insightEditLayout(config, shared);
  const rates = { ...schedule, beta1: 0.9, beta2: 0.99 };
  const moved = movedSpan(layout, stage);
  const trainer = createTrainer(graph, initialState(layout, 1), rates, moved);
  const tokenizer = createWordTokenizer(sceneVocabulary, config.mllm.maxWords);
  const latent = { channels: config.vae.latentChannels, side: config.unet.sampleSize };
  const options = { batch, grid: config.bridges.interaction.grid, latent, stage };
  const ms = await fastest(5, (step) =>
    trainer.advance(sceneBatch(composer, tokenizer, step, options)),
  );
  await graph.close();
  return (1000 * batch) / ms;
}

console.log(`limit: one convolution alone ${(await convolutionLimit()).toFixed(0)} GFLOP/s`);
for (const steps of [1, 4, 16]) {
  console.log(
    `edit, ${steps} steps: ${(await editTime(steps)).toFixed(0)} ms once the networks are open`,
  );
}
for (const stage of ["alignment", "editing"] as const) {
  console.log(`training, ${stage}: ${(await trainingRate(stage)).toFixed(0)} samples/s`);
}
