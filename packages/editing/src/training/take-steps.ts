import type { StepReport, TensorValues, Trainer, TrainingStage } from "@insightgraph/models";
import type { TrainingFolder } from "./training-folder.ts";
import { createTrainingLog, type TrainingLogEntry } from "./training-log.ts";

/** Which steps to take, and what to call on the way. */
export interface StepsToTake {
  readonly stage: TrainingStage;
  readonly trainer: Trainer;
  /** Steps in all, those taken before included. */
  readonly steps: number;
  readonly folder: TrainingFolder;
  readonly signal: AbortSignal;
  /** Time between checkpoints. @default 180_000 */
  readonly saveEveryMs?: number | undefined;
  /** The batches of the next run. @param left Steps that are left: more batches are of no use. */
  next(left: number): Promise<readonly TensorValues[]>;
  save(): Promise<void>;
  onStep?(step: number, losses: StepReport["losses"]): void;
  onEntry?(entry: TrainingLogEntry): void | Promise<void>;
}

/** Trains to the last step or until the signal aborts; saves now and then, and at the end. Throws: train.not-finite. */
export async function takeSteps(options: StepsToTake): Promise<void> {
  const { stage, trainer, steps, folder, signal, saveEveryMs = 180_000 } = options;
  const log = createTrainingLog();
  let savedAt = Date.now();
  while (trainer.state.step < steps && !signal.aborted) {
    const batches = await options.next(steps - trainer.state.step);
    for (const report of await trainer.advance(batches)) {
      options.onStep?.(report.step + 1, report.losses);
      const entry = log(stage, report);
      if (entry === undefined) continue;
      await folder.log(entry);
      await options.onEntry?.(entry);
    }
    if (Date.now() - savedAt <= saveEveryMs) continue;
    await options.save();
    savedAt = Date.now();
  }
  await options.save();
}
