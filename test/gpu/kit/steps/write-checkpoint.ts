// A checkpoint of InstructPix2Pix's layout and sizes with random weights in half precision, and inputs for a step of
// its networks. Arguments: folder, small or full, folder of a tokenizer.
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  buildNetwork,
  clipText,
  normalArray,
  parseClipTextConfig,
  parseUnetConfig,
  parseVaeConfig,
  type StoredTensor,
  toHalfPrecision,
  unet2dCondition,
  vaeDecoder,
  vaeEncoder,
  type WeightMap,
  writeSafetensors,
} from "../../../../packages/models/src/index.ts";
import type { Graph } from "../../../../packages/models/src/onnx/graph.ts";
import { type CheckpointConfigs, checkpointConfigs } from "./checkpoint-configs.ts";
import { printRow } from "./row.ts";
import { normalTensor } from "./run-network.ts";

/** Rows of a step under both guidance scales: both conditions, the picture alone, none. */
const guidanceRows = 3;
const textTokens = 77;

/** As many random numbers as are drawn for a tensor; a larger one repeats them. A prime, so that no two rows are alike. */
const drawnLimit = 65_537;

/** As after training: norms near one, nothing at zero, variance kept from layer to layer. */
function drawWeight(name: string, shape: readonly number[], seed: number): Float32Array {
  const count = shape.reduce((product, size) => product * size, 1);
  const drawn = normalArray(Math.min(count, drawnLimit), seed);
  if (shape.length === 1) return drawn.map((x) => 0.1 * x + (name.endsWith("weight") ? 1 : 0));
  const inputs = count / (shape[0] ?? 1);
  return drawn.map((x) => x / Math.sqrt(inputs));
}

function weightOf(name: string, shape: readonly number[], seed: number): StoredTensor {
  const bytes = 2 * shape.reduce((product, size) => product * size, 1);
  return {
    dtype: "float16",
    shape,
    get data() {
      const drawn = drawWeight(name, shape, seed);
      const single = {
        dtype: "float32",
        shape: [drawn.length],
        data: new Uint8Array(drawn.buffer),
      };
      const half = toHalfPrecision(new Map([[name, single as StoredTensor]])).get(name);
      const data = Buffer.alloc(bytes);
      data.fill(half?.data ?? new Uint8Array(2));
      return data;
    },
  };
}

function weightsOf(graphs: readonly Graph[]): WeightMap {
  const found = graphs.flatMap((graph) => [...graph.weights]);
  return new Map(
    found.map(([name, { tensor }], seed) => [name, weightOf(name, tensor.shape.map(Number), seed)]),
  );
}

function writePart(
  folder: string,
  config: Readonly<Record<string, unknown>>,
  weightFile: string,
  weights: WeightMap,
): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "config.json"), JSON.stringify(config));
  writeSafetensors(path.join(folder, weightFile), weights);
}

function writeNetworks(folder: string, { unet, vae, text, side }: CheckpointConfigs): void {
  const graphOf = { unet: parseUnetConfig(unet), vae: parseVaeConfig(vae) };
  const latentSize = graphOf.unet.sampleSize;
  const file = "diffusion_pytorch_model.safetensors";
  const unetGraph = buildNetwork(unet2dCondition, { unet: graphOf.unet, textTokens }).graph;
  writePart(path.join(folder, "unet"), unet, file, weightsOf([unetGraph]));
  const vaeGraphs = [
    buildNetwork(vaeEncoder, { vae: graphOf.vae, imageSize: [side, side] }).graph,
    buildNetwork(vaeDecoder, { vae: graphOf.vae, latentSize }).graph,
  ];
  writePart(path.join(folder, "vae"), vae, file, weightsOf(vaeGraphs));
  const textGraph = buildNetwork(clipText, parseClipTextConfig(text)).graph;
  writePart(path.join(folder, "text_encoder"), text, "model.safetensors", weightsOf([textGraph]));
}

/** What each network reads in a measured step, the same for every contender. */
function writeInputs(folder: string, { unet, side }: CheckpointConfigs): void {
  const { sampleSize, inChannels, crossAttentionDim } = parseUnetConfig(unet);
  const shapes = {
    sample: [guidanceRows, inChannels, ...sampleSize],
    text: [guidanceRows, textTokens, crossAttentionDim],
    latent: [1, 4, ...sampleSize],
    pixels: [1, 3, side, side],
  };
  const stored = Object.entries(shapes).map(([name, shape], seed): [string, StoredTensor] => {
    const { data, dtype } = normalTensor(shape, seed + 1);
    return [name, { dtype, shape, data: new Uint8Array(data.buffer) }];
  });
  const timestep = new Float32Array(guidanceRows).fill(981);
  const data = new Uint8Array(timestep.buffer);
  stored.push(["timestep", { dtype: "float32", shape: [guidanceRows], data }]);
  writeSafetensors(path.join(folder, "inputs.safetensors"), new Map(stored));
}

const modelIndex = {
  _class_name: "StableDiffusionInstructPix2PixPipeline",
  scheduler: ["diffusers", "EulerAncestralDiscreteScheduler"],
  text_encoder: ["transformers", "CLIPTextModel"],
  tokenizer: ["transformers", "CLIPTokenizer"],
  unet: ["diffusers", "UNet2DConditionModel"],
  vae: ["diffusers", "AutoencoderKL"],
};

const scheduler = {
  _class_name: "EulerAncestralDiscreteScheduler",
  ...{ beta_start: 0.00085, beta_end: 0.012, beta_schedule: "scaled_linear" },
  ...{ num_train_timesteps: 1000, prediction_type: "epsilon", steps_offset: 1 },
};

const [folder = "", size = "small", tokenizer = ""] = process.argv.slice(2);
const began = performance.now();
const configs = checkpointConfigs[size === "full" ? "full" : "small"];
writeNetworks(folder, {
  ...configs,
  unet: { _class_name: "UNet2DConditionModel", ...configs.unet },
  vae: { _class_name: "AutoencoderKL", ...configs.vae },
  text: { architectures: ["CLIPTextModel"], model_type: "clip_text_model", ...configs.text },
});
writeInputs(folder, configs);
mkdirSync(path.join(folder, "scheduler"), { recursive: true });
writeFileSync(path.join(folder, "scheduler/scheduler_config.json"), JSON.stringify(scheduler));
writeFileSync(path.join(folder, "model_index.json"), JSON.stringify(modelIndex));
cpSync(tokenizer, path.join(folder, "tokenizer"), { recursive: true });
printRow({ name: "writing random weights", value: (performance.now() - began) / 1000, unit: "s" });
