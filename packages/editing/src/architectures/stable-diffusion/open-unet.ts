import {
  ipAdapterKeys,
  ldmUnet,
  mapKeys,
  openFiles,
  parseScheduler,
  parseUnetConfig,
  renameKeys,
  smartEditUnet,
  type UnetConfig,
  type WeightMap,
} from "@insightgraph/models";
import type { CheckpointComponent } from "../../checkpoints/component.ts";
import type { Denoiser } from "../denoiser.ts";
import { unetDenoiser } from "./denoiser.ts";

/** Weights of a UNet under diffusers' names, whatever layout they come in. */
export function diffusersWeights(weights: WeightMap, unet: UnetConfig): WeightMap {
  return mapKeys(weights, [smartEditUnet, ldmUnet(unet.down[0]?.transformers.length)]);
}

/** Opens a UNet; reads only the headers of its files. Throws: weights.*, config.*, schedule.*. */
export function openUnet(
  { files, digest, config, configPath }: CheckpointComponent,
  scheduler: CheckpointComponent | undefined,
): Denoiser {
  const unet = parseUnetConfig(config, configPath);
  const adapted = ipAdapterKeys(unet);
  return unetDenoiser({
    digest,
    weights: renameKeys(diffusersWeights(openFiles(files), unet), (key) => adapted.get(key) ?? key),
    config: unet,
    scheduler: scheduler && parseScheduler(scheduler.config),
  });
}
