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

/** SHA-256 over a shipped checkpoint's files. */
export async function digestCheckpoint(name: string): Promise<string> {
  const folder = shippedWeightsFolder(name);
  const hash = createHash("sha256");
  for (const file of ["config.json", "model.safetensors"])
    hash.update(await readPart(folder, file));
  return hash.digest("hex");
}

/** Reads a shipped checkpoint into its parts. */
export async function loadCheckpoint(
  name: string,
): Promise<Readonly<Record<Part, ModelComponent>>> {
  const folder = shippedWeightsFolder(name);
  const text = new TextDecoder().decode(await readPart(folder, "config.json"));
  const { network, vocabulary } = JSON.parse(text) as CheckpointConfig;
  const weights = decodeSafetensors(await readPart(folder, "model.safetensors"));
  const shared = { digest: await digestCheckpoint(name), config: network, vocabulary, weights };
  return {
    mllm: { ...shared, part: "mllm" },
    bridges: { ...shared, part: "bridges" },
    unet: { ...shared, part: "unet" },
    vae: { ...shared, part: "vae" },
  };
}
