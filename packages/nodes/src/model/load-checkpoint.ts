import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { inputError } from "@insightgraph/engine/node";
import {
  decodeSafetensors,
  type InsightEditConfig,
  shippedWeightsFolder,
} from "@insightgraph/models";
import type { ModelComponent, Part } from "./component.ts";

interface CheckpointConfig {
  readonly network: InsightEditConfig;
  readonly vocabulary: readonly string[];
}

async function readPart(folder: string, name: string): Promise<Uint8Array> {
  try {
    return await readFile(join(folder, name));
  } catch (cause) {
    throw inputError(`the checkpoint has no readable ${name}.`, {
      param: "checkpoint",
      hint: `Look for it in ${folder}.`,
      cause,
    });
  }
}

interface CheckpointFiles {
  readonly config: Uint8Array;
  readonly weights: Uint8Array;
}

async function readFiles(name: string): Promise<CheckpointFiles> {
  const folder = shippedWeightsFolder(name);
  const config = await readPart(folder, "config.json");
  return { config, weights: await readPart(folder, "model.safetensors") };
}

function digestOf({ config, weights }: CheckpointFiles): string {
  return createHash("sha256").update(config).update(weights).digest("hex");
}

/** SHA-256 over a shipped checkpoint's files. */
export async function digestCheckpoint(name: string): Promise<string> {
  return digestOf(await readFiles(name));
}

/** Reads a shipped checkpoint into its parts. */
export async function loadCheckpoint(
  name: string,
): Promise<Readonly<Record<Part, ModelComponent>>> {
  const files = await readFiles(name);
  const text = new TextDecoder().decode(files.config);
  const { network, vocabulary } = JSON.parse(text) as CheckpointConfig;
  const weights = decodeSafetensors(files.weights);
  const digest = digestOf(files);
  const shared = { kind: "insightedit", digest, config: network, vocabulary, weights } as const;
  return {
    mllm: { ...shared, part: "mllm" },
    bridges: { ...shared, part: "bridges" },
    unet: { ...shared, part: "unet" },
    vae: { ...shared, part: "vae" },
  };
}
