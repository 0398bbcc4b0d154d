import { copyFile, mkdir } from "node:fs/promises";
import path from "node:path";
import { encodeSafetensors, toHalfPrecision, type WeightMap } from "@insightgraph/models";
import type { CheckpointComponent } from "../checkpoints/component.ts";
import { findOptional } from "../checkpoints/find-component.ts";
import { writeWhole } from "../files/write-whole.ts";

/** Components of a pipeline besides its UNet, with the library that reads each. */
const others = {
  vae: "diffusers",
  scheduler: "diffusers",
  text_encoder: "transformers",
  tokenizer: "transformers",
} as const;

/** What a pipeline's index says of a component: its library and its class. */
type IndexEntry = readonly [library: string, className: string];

async function copyComponent(
  checkpoint: string,
  name: keyof typeof others,
  to: string,
): Promise<readonly [string, IndexEntry] | undefined> {
  const component = await findOptional(checkpoint, name);
  // A checkpoint in one file has no such folder.
  if (component === undefined || path.basename(component.folder) !== name) return undefined;
  const { configPath, files, className } = component;
  const folder = path.join(to, name);
  await mkdir(folder, { recursive: true });
  for (const file of new Set([...files, ...(configPath === undefined ? [] : [configPath])])) {
    await copyFile(file, path.join(folder, path.basename(file)));
  }
  return [name, [others[name], className ?? "CLIPTokenizer"]];
}

/** A trained UNet and where it came from. */
export interface TrainedUnet {
  readonly checkpoint: string;
  readonly component: CheckpointComponent;
  readonly weights: WeightMap;
  readonly inChannels: number;
}

/**
 * Writes a trained UNet in diffusers' layout, with copies of the components that the checkpoint has beside it, so that
 * `StableDiffusionInstructPix2PixPipeline` and this project read the folder alike.
 */
export async function exportUnet(trained: TrainedUnet, to: string): Promise<void> {
  const { checkpoint, component, weights, inChannels } = trained;
  const folder = path.join(to, "unet");
  await mkdir(folder, { recursive: true });
  const config = { ...component.config, in_channels: inChannels };
  const stored = component.dtype === "float16" ? toHalfPrecision(weights) : weights;
  await writeWhole(path.join(folder, "config.json"), `${JSON.stringify(config, null, 2)}\n`);
  await writeWhole(
    path.join(folder, "diffusion_pytorch_model.safetensors"),
    encodeSafetensors(stored, { format: "pt" }),
  );
  const entries: (readonly [string, IndexEntry])[] = [
    ["unet", ["diffusers", "UNet2DConditionModel"]],
  ];
  for (const name of Object.keys(others) as (keyof typeof others)[]) {
    const entry = await copyComponent(checkpoint, name, to);
    if (entry !== undefined) entries.push(entry);
  }
  const index = {
    _class_name: "StableDiffusionInstructPix2PixPipeline",
    ...Object.fromEntries(entries),
    safety_checker: [null, null],
    feature_extractor: [null, null],
    image_encoder: [null, null],
    requires_safety_checker: false,
  };
  await writeWhole(path.join(to, "model_index.json"), `${JSON.stringify(index, null, 2)}\n`);
}
