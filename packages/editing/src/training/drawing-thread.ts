// Draws the next batch for each message; `draw-batches.ts` starts it.
import { parentPort, workerData } from "node:worker_threads";
import { createWordTokenizer } from "@insightgraph/models";
import { openSceneComposer, sceneVocabulary } from "../scenes.ts";
import type { DrawingOptions } from "./draw-batches.ts";
import { sceneBatch } from "./scene-batch.ts";

const options = workerData as DrawingOptions;
const composer = await openSceneComposer();
const tokenizer = createWordTokenizer(sceneVocabulary, options.maxWords);
let { first: at } = options;

parentPort?.on("message", () => {
  const batch = sceneBatch(composer, tokenizer, at++, options);
  const buffers = Object.values(batch).map(({ data }) => data.buffer as ArrayBuffer);
  parentPort?.postMessage(batch, buffers);
});
