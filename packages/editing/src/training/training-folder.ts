import { appendFile, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { decodeSafetensors, encodeSafetensors, type WeightMap } from "@insightgraph/models";
import { writeWhole } from "../files/write-whole.ts";

/** Where a training run keeps its checkpoint and its log. */
export interface TrainingFolder {
  readonly path: string;
  /** Undefined where nothing was saved yet. */
  read(name: string): Promise<WeightMap | undefined>;
  /** Whole or not at all, so that a kill or a full disk leaves the last good checkpoint. */
  write(name: string, weights: WeightMap): Promise<void>;
  /** Undefined where there is no such file. */
  readText(name: string): Promise<string | undefined>;
  writeText(name: string, text: string): Promise<void>;
  log(entry: object): Promise<void>;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

/** Opens the folder of a training run; creates it if missing. */
export async function openTrainingFolder(path: string): Promise<TrainingFolder> {
  await mkdir(path, { recursive: true });
  const readBytes = async (name: string): Promise<Buffer | undefined> => {
    try {
      return await readFile(join(path, name));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  };
  return {
    path,
    async read(name) {
      const bytes = await readBytes(name);
      return bytes && decodeSafetensors(bytes);
    },
    write: (name, weights) => writeWhole(join(path, name), encodeSafetensors(weights)),
    readText: async (name) => (await readBytes(name))?.toString("utf8"),
    writeText: (name, text) => writeWhole(join(path, name), text),
    log: (entry) => appendFile(join(path, "log.jsonl"), `${JSON.stringify(entry)}\n`),
  };
}
