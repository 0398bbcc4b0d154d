import { EditingError } from "../errors.ts";
import { isShipped } from "./locate-checkpoint.ts";
import { isCheckpointName } from "./manifest.ts";

/** Checks the name of a checkpoint to add. Throws: checkpoint.name */
export function checkNewName(name: string, source: string): string {
  if (isCheckpointName(name) && !isShipped(name)) return name;
  throw new EditingError("checkpoint.name", `"${name}" cannot be used as a checkpoint name.`, {
    at: source,
    hint: "Choose another name with --as NAME: letters, digits, dot, hyphen and underscore.",
  });
}
