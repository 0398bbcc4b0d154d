import { EditingError } from "@insightgraph/editing/errors";
import { inputError, param } from "@insightgraph/engine/node";
import { ModelError } from "@insightgraph/models";

/** Which checkpoint a node loads. */
export function checkpointParam(name: string) {
  return param.text({
    default: name,
    doc: "Name of an added checkpoint, or dir: and the absolute path of a folder in diffusers' layout.",
  });
}

/** Runs what opens a checkpoint; its faults are those of the param that names it. Throws: node.bad-input. */
export async function blameParam<T>(name: string, task: () => T | Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (cause) {
    const isOfCheckpoint = cause instanceof ModelError || cause instanceof EditingError;
    if (!isOfCheckpoint || ("argument" in cause && cause.argument !== undefined)) throw cause;
    const at = cause.at === undefined ? "" : `${cause.at}: `;
    throw inputError(`${at}${cause.what}`, { param: name, hint: cause.hint, cause });
  }
}
