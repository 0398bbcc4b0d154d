import path from "node:path";
import {
  type AddProgress,
  addFolder,
  addFromHub,
  checkpointsFolder,
  type Manifest,
} from "@insightgraph/editing/checkpoints";
import { usageError } from "./parse-arguments.ts";

/** Which checkpoint to add, and how. */
export interface AddModelOptions {
  /** `hf:OWNER/NAME[@REVISION]` or `dir:PATH`. */
  readonly source: string;
  readonly name?: string | undefined;
  readonly only?: readonly string[] | undefined;
  readonly variant?: string | undefined;
  readonly signal: AbortSignal;
  onProgress(progress: AddProgress): void;
  /** Where a relative path starts. */
  readonly from: string;
  /** Throws where a folder may not be linked. @default every folder may */
  readonly mayRead?: (folder: string) => Promise<void>;
}

/** Downloads a checkpoint, or links a folder. Throws: `command.usage`, `checkpoint.*`, `hub.*`. */
export async function addModel({
  source,
  from,
  mayRead,
  ...settings
}: AddModelOptions): Promise<Manifest> {
  const shared = { ...settings, store: checkpointsFolder };
  const hub = /^hf:([\w.-]+\/[\w.-]+)(?:@(.+))?$/.exec(source);
  if (hub?.[1] !== undefined) return addFromHub({ ...shared, id: hub[1], revision: hub[2] });
  if (source.startsWith("dir:") && source.length > 4) {
    const target = path.resolve(from, source.slice("dir:".length));
    await mayRead?.(target);
    return addFolder({ ...shared, target });
  }
  throw usageError(`"${source}" is not a checkpoint`, "Write hf:OWNER/NAME or dir:PATH.");
}
