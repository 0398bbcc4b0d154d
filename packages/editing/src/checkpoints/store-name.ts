import { EditingError } from "../errors.ts";
import { isShipped } from "./locate-checkpoint.ts";
import { isCheckpointName } from "./manifest.ts";

/** @returns the name if it can name a checkpoint. Throws: checkpoint.name */
export function checkNewName(name: string, source: string): string {
  if (isCheckpointName(name) && !isShipped(name)) return name;
  throw new EditingError("checkpoint.name", `"${name}" cannot name a checkpoint.`, {
    at: source,
    hint: "Choose another with --as NAME: letters, digits, dot, hyphen and underscore.",
  });
}
