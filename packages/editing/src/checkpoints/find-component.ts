import path from "node:path";
import { EditingError } from "../errors.ts";
import { checkpointsFolder } from "./checkpoints-folder.ts";
import type { CheckpointComponent } from "./component.ts";
import { componentInFolder } from "./component-in-folder.ts";
import { componentInStore } from "./component-in-store.ts";

const folderPrefix = "dir:";

/**
 * Finds a part of a checkpoint: an added or shipped one by name, or any folder by `dir:PATH`.
 * @param part diffusers' folder name: "unet", "vae", "text_encoder", "tokenizer", "scheduler", …; "lora" or "ip_adapter"
 * for a single weights file.
 * Throws: checkpoint.*.
 */
export async function findComponent(
  name: string,
  part: string,
  store: string = checkpointsFolder,
): Promise<CheckpointComponent> {
  if (!name.startsWith(folderPrefix)) return componentInStore(store, name, part);
  const target = name.slice(folderPrefix.length);
  if (path.isAbsolute(target)) return componentInFolder(target, part);
  throw new EditingError("checkpoint.name", `"${name}" is not an absolute path.`, {
    hint: "Write dir: followed by an absolute path.",
  });
}

/** As `findComponent`, but gives undefined for a part that the checkpoint lacks. Throws: checkpoint.* other than checkpoint.part. */
export async function findOptional(
  name: string,
  part: string,
): Promise<CheckpointComponent | undefined> {
  try {
    return await findComponent(name, part);
  } catch (thrown) {
    if (thrown instanceof EditingError && thrown.code === "checkpoint.part") return undefined;
    throw thrown;
  }
}
