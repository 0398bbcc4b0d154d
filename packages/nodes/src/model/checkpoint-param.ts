import { inputError, param } from "@insightgraph/engine/node";
import { ModelError } from "@insightgraph/models";

/** Which checkpoint a node loads. */
export function checkpointParam(name: string) {
  return param.text({
    default: name,
    doc: "Name of a checkpoint that was added, or dir: and the path of a folder in diffusers' layout.",
  });
}

/** A checkpoint that cannot be opened is told at the node's param. */
export async function opened<T>(task: () => T | Promise<T>, name = "checkpoint"): Promise<T> {
  try {
    return await task();
  } catch (cause) {
    if (!(cause instanceof ModelError)) throw cause;
    const at = cause.at === undefined ? "" : `${cause.at}: `;
    throw inputError(`${at}${cause.what}`, { param: name, hint: cause.hint, cause });
  }
}
