import path from "node:path";
import { stderr, stdout } from "node:process";
import { openSession } from "@insightgraph/engine/runtime";
import type { TrainingStage } from "@insightgraph/models";
import {
  exportCheckpoint,
  openTrainingFolder,
  trainInsightEdit,
} from "@insightgraph/nodes/training";
import { DONE, INTERRUPTED } from "../exit-codes.ts";
import { parseArguments } from "../parse-arguments.ts";
import { parseNumber } from "../parse-number.ts";
import { dataDir, fromCaller } from "../places.ts";
import { createTrainingReport } from "../training-report.ts";
import { untilInterrupt } from "../until-interrupt.ts";

export const usage = `usage: insightgraph train [options]

Trains insightedit-mini on composed scenes: first comprehension and bridges, then everything. Goes on from the
folder's last checkpoint; Ctrl-C saves one and stops.

  --folder DIR            checkpoints and log (.insightgraph/training/mini)
  --alignment-steps N     steps of the first stage (1500)
  --steps N               steps of the second stage (20000)
  --batch N               scenes in a step (32)
  --export DIR            write the trained weights there, train no further
`;

export async function run(args: readonly string[]): Promise<number> {
  const text = { type: "string" } as const;
  const { values } = parseArguments(args, {
    folder: text,
    "alignment-steps": text,
    steps: text,
    batch: text,
    export: text,
  });
  const whole = { min: 1, isWhole: true };
  const steps: Record<TrainingStage, number> = {
    alignment: parseNumber("alignment-steps", values["alignment-steps"], 1500, whole),
    editing: parseNumber("steps", values.steps, 20_000, whole),
  };
  const batch = parseNumber("batch", values.batch, 32, whole);
  const folder = await openTrainingFolder(
    values.folder === undefined ? path.join(dataDir, "training/mini") : fromCaller(values.folder),
  );
  if (values.export !== undefined) {
    const to = fromCaller(values.export);
    const made = await exportCheckpoint(folder, to);
    stdout.write(`${to}: the average after ${made} steps\n`);
    return DONE;
  }
  const report = createTrainingReport({ steps, batch, write: (line) => stderr.write(`${line}\n`) });
  return untilInterrupt("saving a checkpoint", async (signal) => {
    await trainInsightEdit({
      folder,
      open: openSession,
      signal,
      steps,
      batch,
      onStep(stage, step) {
        const line = report(stage, step);
        if (line !== undefined) void folder.log(line);
      },
    });
    return signal.aborted ? INTERRUPTED : DONE;
  });
}
