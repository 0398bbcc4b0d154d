import path from "node:path";
import { EditingError } from "../errors.ts";
import { whileLocked } from "../files/while-locked.ts";

/** Runs a task while nobody else adds to the same checkpoint. Throws: checkpoint.busy */
export function whileAdding<T>(folder: string, task: () => Promise<T>): Promise<T> {
  const busy = (owner: number): EditingError =>
    new EditingError("checkpoint.busy", `process ${owner} is adding files to it.`, {
      at: path.basename(folder),
      hint: "Wait until that process ends.",
    });
  return whileLocked(folder, "add", busy, task);
}
