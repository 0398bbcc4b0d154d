import { CheckpointError } from "./checkpoint-error.ts";
import { isCheckpointName } from "./manifest.ts";

/** @returns the name if it can name a checkpoint. Throws: checkpoint.name */
export function checkNewName(name: string, source: string): string {
  // It would read as a shipped model.
  if (isCheckpointName(name) && name !== "insightedit-mini") return name;
  throw new CheckpointError("checkpoint.name", `"${name}" cannot name a checkpoint.`, {
    at: source,
    hint: "Choose another with --as NAME: letters, digits, dot, hyphen and underscore.",
  });
}
