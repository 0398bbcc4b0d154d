import { readFileSync } from "node:fs";
import path from "node:path";
import {
  buildNetwork,
  type NetworkSource,
  networkSource,
  openSafetensors,
  parseUnetConfig,
  parseVaeConfig,
  type TensorValues,
  unet2dCondition,
  vaeDecoder,
  vaeEncoder,
  type WeightMap,
} from "../../../../packages/models/src/index.ts";
import { countFlops } from "./count-flops.ts";

export const measuredNames = ["unet", "vae-decoder", "vae-encoder"] as const;
export type MeasuredName = (typeof measuredNames)[number];

/** A network of the written checkpoint, with what a step reads and costs. */
export interface MeasuredNetwork {
  readonly source: NetworkSource;
  readonly feeds: TensorValues;
  readonly flops: number;
}

function readConfig(folder: string, part: string): unknown {
  return JSON.parse(readFileSync(path.join(folder, part, "config.json"), "utf8"));
}

function readWeights(folder: string, part: string, keep = /./): WeightMap {
  const file = path.join(folder, part, "diffusion_pytorch_model.safetensors");
  return new Map([...openSafetensors(file)].filter(([key]) => keep.test(key)));
}

function readInputs(folder: string, names: readonly string[]): TensorValues {
  const stored = openSafetensors(path.join(folder, "inputs.safetensors"));
  return Object.fromEntries(
    names.map((name) => {
      const { shape = [], data = new Uint8Array() } = stored.get(name) ?? {};
      return [name, { dtype: "float32", shape, data: new Float32Array(data.slice().buffer) }];
    }),
  );
}

function readUnet(folder: string): MeasuredNetwork {
  const config = { unet: parseUnetConfig(readConfig(folder, "unet")), textTokens: 77 };
  const feeds = readInputs(folder, ["sample", "timestep", "text"]);
  return {
    source: networkSource(unet2dCondition, config, readWeights(folder, "unet")),
    feeds,
    flops: countFlops(buildNetwork(unet2dCondition, config).graph, {
      N: feeds["sample"]?.shape[0] ?? 0,
    }),
  };
}

function readDecoder(folder: string): MeasuredNetwork {
  const feeds = readInputs(folder, ["latent"]);
  const [, , height = 0, width = 0] = feeds["latent"]?.shape ?? [];
  const vae = parseVaeConfig(readConfig(folder, "vae"));
  const config = { vae, latentSize: [height, width] as const };
  const weights = readWeights(folder, "vae", /^(decoder|post_quant_conv)\./);
  return {
    source: networkSource(vaeDecoder, config, weights),
    feeds,
    flops: countFlops(buildNetwork(vaeDecoder, config).graph, { N: 1 }),
  };
}

function readEncoder(folder: string): MeasuredNetwork {
  const feeds = readInputs(folder, ["pixels"]);
  const [, , height = 0, width = 0] = feeds["pixels"]?.shape ?? [];
  const vae = parseVaeConfig(readConfig(folder, "vae"));
  const config = { vae, imageSize: [height, width] as const };
  const weights = readWeights(folder, "vae", /^(encoder|quant_conv)\./);
  return {
    source: networkSource(vaeEncoder, config, weights),
    feeds,
    flops: countFlops(buildNetwork(vaeEncoder, config).graph, { N: 1 }),
  };
}

/** Opens a network of the checkpoint that `write-checkpoint` left in a folder. */
export function readMeasured(folder: string, name: MeasuredName): MeasuredNetwork {
  if (name === "unet") return readUnet(folder);
  return name === "vae-decoder" ? readDecoder(folder) : readEncoder(folder);
}
