import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { inputError } from "@insightgraph/engine/node";
import {
  digestFile,
  type InsightEditConfig,
  openSafetensors,
  shippedWeightsFolder,
} from "@insightgraph/models";
import { opened } from "./checkpoint-param.ts";
import type { ModelComponent, Part } from "./component.ts";
import { type ModelVariant, modelVariants } from "./variants.ts";

interface CheckpointConfig {
  readonly network: InsightEditConfig;
  readonly variant: ModelVariant;
  readonly vocabulary: readonly string[];
}

const inFolder = "dir:";
const fileNames = ["config.json", "model.safetensors"] as const;

/** A checkpoint that ships, by name, or the folder of one that was trained here. */
function folderOf(name: string): string {
  if (!name.startsWith(inFolder)) {
    const folder = shippedWeightsFolder(name);
    if (/^[\w-]+$/.test(name) && existsSync(folder)) return folder;
    throw inputError(`there is no checkpoint "${name}" of InsightEdit's own networks.`, {
      param: "checkpoint",
      hint: "Take insightedit-mini, or dir: and the folder of a checkpoint that was trained here; insightgraph models list shows those of other networks.",
    });
  }
  const folder = name.slice(inFolder.length);
  if (isAbsolute(folder)) return folder;
  throw inputError(`"${folder}" is no whole path.`, {
    param: "checkpoint",
    hint: "Write dir: and a path from the root.",
  });
}

async function readable<T>(file: string, task: (file: string) => Promise<T>): Promise<T> {
  try {
    return await task(file);
  } catch (cause) {
    throw inputError(`the checkpoint has no readable ${file}.`, {
      param: "checkpoint",
      hint: "Take insightedit-mini, or dir: and the folder of a checkpoint that was trained here.",
      cause,
    });
  }
}

/** Digests by path, size and time: a file is read again only when it was written again. */
const digests = new Map<string, Promise<string>>();

async function digestOnce(file: string): Promise<string> {
  const { size, mtimeMs } = await stat(file);
  const key = `${file}\0${size}\0${mtimeMs}`;
  const known = digests.get(key) ?? digestFile(file);
  digests.set(key, known);
  return known;
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A checkpoint of another kind lies in folders, with no networks in its config. */
function parseConfig(text: string, folder: string): CheckpointConfig {
  const found = asJson(text);
  const { network, variant, vocabulary }: Partial<CheckpointConfig> =
    typeof found === "object" && found !== null ? found : {};
  if (typeof network === "object" && network !== null && Array.isArray(vocabulary)) {
    const known = modelVariants.find((name) => name === variant) ?? "full";
    return { network, variant: known, vocabulary };
  }
  throw inputError(`${join(folder, "config.json")} describes no networks of InsightEdit's own.`, {
    param: "checkpoint",
    hint: "Checkpoints of Stable Diffusion's family go into model.unet, model.vae and model.clip-text.",
  });
}

/** SHA-256 over a checkpoint's files. */
export async function digestCheckpoint(name: string): Promise<string> {
  const folder = folderOf(name);
  const found = fileNames.map((file) => readable(join(folder, file), digestOnce));
  return (await Promise.all(found)).join("-");
}

/** Reads a checkpoint of InsightEdit's own networks into its parts; its weights stay in their file. */
export async function loadCheckpoint(
  name: string,
): Promise<Readonly<Record<Part, ModelComponent>>> {
  const digest = await digestCheckpoint(name);
  const folder = folderOf(name);
  const text = await readable(join(folder, "config.json"), (file) => readFile(file, "utf8"));
  const { network, ...told } = parseConfig(text, folder);
  const weights = await opened(() => openSafetensors(join(folder, "model.safetensors")));
  const shared = { kind: "insightedit", digest, config: network, ...told, weights } as const;
  return {
    mllm: { ...shared, part: "mllm" },
    bridges: { ...shared, part: "bridges" },
    unet: { ...shared, part: "unet" },
    vae: { ...shared, part: "vae" },
  };
}
