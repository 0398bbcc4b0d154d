import { randomUUID } from "node:crypto";
import {
  parseTrainingLog,
  type TrainingFolder,
  type TrainingLogEntry,
} from "@insightgraph/editing/training";
import type { RunContext } from "@insightgraph/engine/node";
import type { OpenGraph } from "@insightgraph/models";

/** The entries of a run's log so far. */
export async function readLog(folder: TrainingFolder): Promise<readonly TrainingLogEntry[]> {
  return parseTrainingLog((await folder.readText("log.jsonl")) ?? "");
}

/** Opens a training step as a session that the engine owns and closes. */
export function openIn(context: RunContext): OpenGraph {
  return async (emit) => {
    const session = await context.open({ key: `train/${randomUUID()}`, onnx: emit });
    return { ...session, close: () => Promise.resolve() };
  };
}
