import type { CheckpointComponent } from "../checkpoints/component.ts";
import type { Autoencoder } from "./autoencoder.ts";
import type { Bridges } from "./bridges.ts";
import type { Comprehender } from "./comprehender.ts";
import type { Denoiser } from "./denoiser.ts";
import type { Detector } from "./detector.ts";
import type { ImageEmbedder } from "./image-embedder.ts";
import type { LanguageModel } from "./language-model.ts";
import type { PerceptualDistance } from "./perceptual-distance.ts";
import type { Segmenter } from "./segmenter.ts";
import type { TextEmbedder } from "./text-embedder.ts";
import type { TextEncoder } from "./text-encoder.ts";
import type { VisualChat } from "./visual-chat.ts";

/** What a part of a checkpoint can be opened as. */
export interface Capabilities {
  readonly autoencoder: Autoencoder;
  readonly bridges: Bridges;
  readonly comprehender: Comprehender;
  readonly denoiser: Denoiser;
  readonly detector: Detector;
  readonly imageEmbedder: ImageEmbedder;
  readonly languageModel: LanguageModel;
  readonly perceptualDistance: PerceptualDistance;
  readonly segmenter: Segmenter;
  readonly textEmbedder: TextEmbedder;
  readonly textEncoder: TextEncoder;
  readonly visualChat: VisualChat;
}

/** Other components that a part needs, by name; a checkpoint may lack some. */
export type Companions = Readonly<Record<string, CheckpointComponent | undefined>>;

/** How a family opens one kind of part. */
export interface PartReader<Part> {
  /** The component that holds it, by diffusers' folder name: "unet", "vae", "text_encoder", … */
  readonly component: string;
  /** Names of the other components that it needs. @default none */
  readonly companions?: readonly string[];
  /** Whether the component belongs to this family. */
  reads(component: CheckpointComponent): boolean;
  /** Throws: weights.*, config.*, schedule.*, tokens.file, checkpoint.*. */
  open(component: CheckpointComponent, companions: Companions): Part | Promise<Part>;
}

/** A family of models: the parts of a checkpoint that it opens. */
export interface ModelFamily {
  readonly name: string;
  readonly parts: { readonly [C in keyof Capabilities]?: PartReader<Capabilities[C]> };
}
