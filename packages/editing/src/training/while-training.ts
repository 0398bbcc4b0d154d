import { ModelError } from "@insightgraph/models";
import { whileLocked } from "../files/while-locked.ts";
import type { TrainingFolder } from "./training-folder.ts";

/** Runs a task while nobody else trains in the same folder. Throws: train.busy */
export function whileTraining<T>({ path }: TrainingFolder, task: () => Promise<T>): Promise<T> {
  const busy = (owner: number): ModelError =>
    new ModelError("train.busy", `process ${owner} trains in this folder.`, {
      at: path,
      hint: "Wait until it ends, or train in another folder.",
    });
  return whileLocked(path, "train", busy, task);
}
