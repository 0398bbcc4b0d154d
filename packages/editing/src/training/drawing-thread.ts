// Draws the next batch for each message; `draw-batches.ts` starts it.
import { parentPort, workerData } from "node:worker_threads";
import { createWordTokenizer } from "@insightgraph/models";
import { openSceneComposer, sceneVocabulary } from "../scenes.ts";
import type { DrawingOptions } from "./draw-batches.ts";
import { sceneBatch } from "./scene-batch.ts";
import { type TrainingExample, trainingPairs } from "./training-pairs.ts";

const options = workerData as DrawingOptions;
const composer = await openSceneComposer(options.varied);
const tokenizer = createWordTokenizer(sceneVocabulary, options.maxWords);
let { first: at } = options;
const { place = "", share = 0, steps = 0 } = options.pairs ?? {};
const pairsPerBatch = Math.round(options.batch * share);
const pairs = trainingPairs(place, steps * pairsPerBatch);

async function takePairs(): Promise<readonly (TrainingExample | undefined)[]> {
  const taken: (TrainingExample | undefined)[] = [];
  while (taken.length < pairsPerBatch) {
    const { value, done } = await pairs.next();
    if (done) break;
    taken.push(value);
  }
  return taken;
}

async function draw(): Promise<void> {
  const batch = sceneBatch(composer, tokenizer, at++, options, await takePairs());
  const buffers = Object.values(batch).map(({ data }) => data.buffer as ArrayBuffer);
  parentPort?.postMessage(batch, buffers);
}

let last: Promise<void> = Promise.resolve();
parentPort?.on("message", () => {
  last = last.then(draw);
});
