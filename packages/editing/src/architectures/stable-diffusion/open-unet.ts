import {
  ipAdapterKeys,
  ldmUnet,
  mapKeys,
  openFiles,
  parseScheduler,
  parseUnetConfig,
  renameKeys,
  smartEditUnet,
} from "@insightgraph/models";
import type { CheckpointComponent } from "../../checkpoints/component.ts";
import type { Denoiser } from "../denoiser.ts";
import { unetDenoiser } from "./denoiser.ts";

/** Opens a UNet; reads only the headers of its files. Throws: weights.*, config.*, schedule.*. */
export function openUnet(
  { files, digest, config, configPath }: CheckpointComponent,
  scheduler: CheckpointComponent | undefined,
): Denoiser {
  const unet = parseUnetConfig(config, configPath);
  const adapted = ipAdapterKeys(unet);
  const maps = [smartEditUnet, ldmUnet(unet.down[0]?.transformers.length)];
  return unetDenoiser({
    digest,
    weights: renameKeys(mapKeys(openFiles(files), maps), (key) => adapted.get(key) ?? key),
    config: unet,
    scheduler: scheduler && parseScheduler(scheduler.config),
  });
}
