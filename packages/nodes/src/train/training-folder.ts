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
  log(entry: Readonly<Record<string, unknown>>): Promise<void>;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

export async function openTrainingFolder(path: string): Promise<TrainingFolder> {
  await mkdir(path, { recursive: true });
  return {
    path,
    async read(name) {
      try {
        return decodeSafetensors(await readFile(join(path, name)));
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    async write(name, weights) {
      const draft = join(path, `${name}.part`);
      await writeFile(draft, encodeSafetensors(weights));
      await rename(draft, join(path, name));
    },
    log: (entry) => appendFile(join(path, "log.jsonl"), `${JSON.stringify(entry)}\n`),
  };
}
