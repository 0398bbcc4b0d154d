import { EditingError } from "@insightgraph/editing/errors";
import { inputError, param } from "@insightgraph/engine/node";
import { ModelError } from "@insightgraph/models";

/** A param that names a checkpoint to load. @param name The default. */
export function checkpointParam(name: string) {
  return param.text({
    default: name,
    folderPrefix: "dir:",
    doc: "Name of a checkpoint, or dir: and the absolute path of a folder in diffusers' layout.",
  });
}

/** Runs a task that opens a checkpoint and reports its errors at the param that names the checkpoint. Throws: node.bad-input. */
export async function blameParam<T>(name: string, task: () => T | Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (cause) {
    const isCheckpointError = cause instanceof ModelError || cause instanceof EditingError;
    if (!isCheckpointError || ("argument" in cause && cause.argument !== undefined)) throw cause;
    const at = cause.at === undefined ? "" : `${cause.at}: `;
    throw inputError(`${at}${cause.what}`, { param: name, hint: cause.hint, cause });
  }
}
