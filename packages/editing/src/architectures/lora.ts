import { openFiles, parseLora, readMetadata } from "@insightgraph/models";
import type { CheckpointComponent } from "../checkpoints/component.ts";
import { unfitArgument } from "../errors.ts";
import type { LoadedLora } from "./open-network.ts";

/** A part of a model whose layers can take a LoRA. */
export interface LoraTarget<Part> {
  /** Name of the part in LoRA files. */
  readonly part: "unet" | "text_encoder";
  /** Paths of the layers, without ".weight". */
  layers(): readonly string[];
  add(lora: LoadedLora): Part;
}

/** The parts that a LoRA is added to. */
interface LoraParts<Network, Text> {
  readonly denoiser: LoraTarget<Network>;
  readonly textEncoder?: LoraTarget<Text> | undefined;
}

/** How a LoRA is added. */
export interface LoraUse {
  /** 1 as trained, 0 without it. */
  readonly strength: number;
  /** Receives what is odd about the file but not wrong, as one sentence. */
  readonly warn?: ((text: string) => void) | undefined;
}

/**
 * Adds a LoRA file to a denoiser and its text encoder. A file for only one of them leaves the other unchanged.
 * Throws: weights.*, argument.unfit at `lora` if the file has no layers for either.
 * Source: LoRA (arXiv:2106.09685).
 */
export function addLora<Network, Text>(
  component: CheckpointComponent,
  { denoiser, textEncoder }: LoraParts<Network, Text>,
  { strength, warn }: LoraUse,
): { readonly denoiser: Network; readonly textEncoder?: Text } {
  const weights = openFiles(component.files);
  const { digest, files, config } = component;
  const metadata = Object.assign({}, ...files.map((file) => readMetadata(file)));
  const isDescribed = Object.keys(config).length > 0;
  const read = ({ part, layers }: LoraTarget<unknown>): LoadedLora => ({
    digest,
    layers: parseLora(weights, {
      layers: layers(),
      part,
      metadata,
      config: isDescribed ? config : undefined,
      onWarning: warn,
    }),
    strength,
  });
  const forDenoiser = read(denoiser);
  const forText = textEncoder && read(textEncoder);
  if (forDenoiser.layers.size === 0 && (forText?.layers.size ?? 0) === 0) {
    throw unfitArgument(
      "lora",
      "it has no layers for this network.",
      "Connect the text encoder as well, or use a LoRA made for this network.",
    );
  }
  return {
    denoiser: denoiser.add(forDenoiser),
    ...(textEncoder && forText && { textEncoder: textEncoder.add(forText) }),
  };
}
