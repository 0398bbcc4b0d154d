import { openFiles, parseLora } from "@insightgraph/models";
import type { CheckpointComponent } from "../checkpoints/component.ts";
import { unfitArgument } from "../errors.ts";
import type { LoadedLora } from "./open-network.ts";

/** A part of a model whose layers can be given a LoRA. */
export interface LoraTarget<Part> {
  /** What LoRA files call the part. */
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

/**
 * Adds a LoRA's file to a denoiser and to its text encoder; a file for one of them leaves the other as it is.
 * Throws: weights.*, argument.unfit at `lora` where the file holds nothing for either.
 * Source: LoRA (arXiv:2106.09685).
 */
export function addLora<Network, Text>(
  component: CheckpointComponent,
  { denoiser, textEncoder }: LoraParts<Network, Text>,
  strength: number,
): { readonly denoiser: Network; readonly textEncoder?: Text } {
  const weights = openFiles(component.files);
  const { digest } = component;
  const read = ({ part, layers }: LoraTarget<unknown>): LoadedLora => ({
    digest,
    layers: parseLora(weights, { layers: layers(), part }),
    strength,
  });
  const forDenoiser = read(denoiser);
  const forText = textEncoder && read(textEncoder);
  if (forDenoiser.layers.size === 0 && (forText?.layers.size ?? 0) === 0) {
    throw unfitArgument(
      "lora",
      "it holds nothing for this network.",
      "Connect the text encoder as well, or use a LoRA made for this network.",
    );
  }
  return {
    denoiser: denoiser.add(forDenoiser),
    ...(textEncoder && forText && { textEncoder: textEncoder.add(forText) }),
  };
}
