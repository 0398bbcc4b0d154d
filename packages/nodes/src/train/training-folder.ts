import { appendFile, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { decodeSafetensors, encodeSafetensors, type WeightMap } from "@insightgraph/models";

/** Where a training run keeps its checkpoint and its log. */
export interface TrainingFolder {
  readonly path: string;
  /** Undefined where nothing was saved yet. */
  read(name: string): Promise<WeightMap | undefined>;
  /** Written beside the old file and then renamed, so that a kill leaves one whole checkpoint. */
  write(name: string, weights: WeightMap): Promise<void>;
  /** Undefined where there is no such file. */
  readText(name: string): Promise<string | undefined>;
  writeText(name: string, text: string): Promise<void>;
  log(entry: object): Promise<void>;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

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
  const writeWhole = async (name: string, content: Uint8Array | string): Promise<void> => {
    const draft = join(path, `${name}.part`);
    await writeFile(draft, content);
    await rename(draft, join(path, name));
  };
  return {
    path,
    async read(name) {
      const bytes = await readBytes(name);
      return bytes && decodeSafetensors(bytes);
    },
    write: (name, weights) => writeWhole(name, encodeSafetensors(weights)),
    readText: async (name) => (await readBytes(name))?.toString("utf8"),
    writeText: writeWhole,
    log: (entry) => appendFile(join(path, "log.jsonl"), `${JSON.stringify(entry)}\n`),
  };
}
