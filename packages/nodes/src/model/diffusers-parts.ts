import {
  bareClipText,
  type CheckpointTokenizer,
  type ClipTextConfig,
  createCheckpointTokenizer,
  ipAdapterKeys,
  type KeyMap,
  ldmClip,
  ldmUnet,
  ldmVae,
  legacyVaeAttention,
  mapKeys,
  openFiles,
  parseClipTextConfig,
  parseScheduler,
  parseUnetConfig,
  parseVaeConfig,
  readTokenizerFiles,
  renameKeys,
  type SchedulerConfig,
  smartEditUnet,
  type UnetConfig,
  type VaeConfig,
  type WeightMap,
} from "@insightgraph/models";
import type { CheckpointComponent } from "../checkpoints/find-component.ts";
import type { Weighted } from "./component.ts";

/** A denoising network in diffusers' layout. */
export interface UnetPart extends Weighted {
  readonly kind: "diffusers";
  readonly config: UnetConfig;
  /** How the checkpoint itself is sampled; undefined where it does not say. */
  readonly scheduler: SchedulerConfig | undefined;
}

/** An autoencoder in diffusers' layout. */
export interface VaePart extends Weighted {
  readonly kind: "diffusers";
  readonly config: VaeConfig;
}

/** A CLIP text encoder with its tokenizer. */
export interface ClipTextPart extends Weighted {
  readonly config: ClipTextConfig;
  readonly tokenizer: CheckpointTokenizer;
}

function weightsOf({ files }: CheckpointComponent, maps: readonly KeyMap[]): WeightMap {
  return mapKeys(openFiles(files), maps);
}

/** Opens the header of a denoising network's files. Throws: weights.*, config.*, schedule.*. */
export function openUnet(
  component: CheckpointComponent,
  scheduler?: CheckpointComponent,
): UnetPart {
  const config = parseUnetConfig(component.config, component.configPath);
  const adapted = ipAdapterKeys(config);
  const weights = renameKeys(
    weightsOf(component, [smartEditUnet, ldmUnet(config.down[0]?.transformers.length)]),
    (key) => adapted.get(key) ?? key,
  );
  return {
    kind: "diffusers",
    digest: component.digest,
    weights,
    config,
    scheduler: scheduler === undefined ? undefined : parseScheduler(scheduler.config),
  };
}

/** Opens the header of an autoencoder's files. Throws: weights.*, config.*. */
export function openVae(component: CheckpointComponent): VaePart {
  const config = parseVaeConfig(component.config, component.configPath);
  return {
    kind: "diffusers",
    digest: component.digest,
    weights: weightsOf(component, [legacyVaeAttention, ldmVae(config.blockOutChannels.length)]),
    config,
  };
}

/** Opens the header of a text encoder's files, and its tokenizer. Throws: weights.*, config.*, tokens.file. */
export async function openClipText(
  component: CheckpointComponent,
  tokenizer: CheckpointComponent,
): Promise<ClipTextPart> {
  const config = parseClipTextConfig(component.config, component.configPath);
  const files = await readTokenizerFiles(tokenizer.folder);
  return {
    digest: component.digest,
    weights: weightsOf(component, [ldmClip, bareClipText]),
    config,
    tokenizer: createCheckpointTokenizer(files, { length: config.maxTokens }),
  };
}
