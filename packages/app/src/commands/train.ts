import path from "node:path";
import { stderr, stdout } from "node:process";
import {
  defaultRecipe,
  exportCheckpoint,
  modelVariants,
  openTrainingFolder,
  trainInsightEdit,
} from "@insightgraph/editing/training";
import { providers } from "@insightgraph/engine/node";
import { checkProvider, openSession } from "@insightgraph/engine/runtime";
import type { TrainingStage } from "@insightgraph/models";
import { exitCodes } from "../exit-codes.ts";
import { parseArguments } from "../parse-arguments.ts";
import { parseChoice } from "../parse-choice.ts";
import { parseNumber } from "../parse-number.ts";
import { dataDir, fromCaller } from "../places.ts";
import { describeTraining } from "../training-report.ts";
import { untilInterrupt } from "../until-interrupt.ts";
import { run as runGraph } from "./run.ts";

/** What `insightgraph train --help` prints. */
export const usage = `usage: insightgraph train [options]
       insightgraph train GRAPH [options of run]

Trains insightedit-mini on composed scenes: the vision tower, then comprehension and bridges, then bridges and
denoising network. Goes on from the folder's last checkpoint; Ctrl-C saves one and stops. With a graph, runs its training nodes, never from the cache.

  --folder DIR            checkpoints and log (.insightgraph/training/mini)
  --variant NAME          ${modelVariants.join(", ")} (full)
  --vision-steps N        steps of the first stage (${defaultRecipe.steps.vision})
  --alignment-steps N     of the second (${defaultRecipe.steps.alignment})
  --steps N               of the third, in which it learns to draw (${defaultRecipe.steps.editing})
  --batch N               scenes in a step (${defaultRecipe.batch})
  --device NAME           what networks run on: ${providers.join(", ")} (cpu)
  --seed N                of the first weights (${defaultRecipe.seed})
  --export DIR            write the trained weights there, train no further
`;

/** Runs `insightgraph train`. @returns the exit code. Throws: command.usage and what the run throws. */
export async function run(args: readonly string[]): Promise<number> {
  const [first] = args;
  if (first !== undefined && !first.startsWith("-")) return runGraph(args);
  const text = { type: "string" } as const;
  const { values } = parseArguments(args, {
    folder: text,
    variant: text,
    "vision-steps": text,
    "alignment-steps": text,
    steps: text,
    batch: text,
    seed: text,
    export: text,
    device: text,
  });
  const whole = { min: 1, isWhole: true };
  const stepsOf = (option: "vision-steps" | "alignment-steps" | "steps", stage: TrainingStage) =>
    parseNumber(option, values[option], defaultRecipe.steps[stage], { min: 0, isWhole: true });
  const recipe = {
    ...defaultRecipe,
    variant: parseChoice("variant", values.variant, "full", modelVariants),
    steps: {
      vision: stepsOf("vision-steps", "vision"),
      alignment: stepsOf("alignment-steps", "alignment"),
      editing: stepsOf("steps", "editing"),
    },
    batch: parseNumber("batch", values.batch, defaultRecipe.batch, whole),
    seed: parseNumber("seed", values.seed, defaultRecipe.seed, whole),
  };
  const folder = await openTrainingFolder(
    values.folder === undefined ? path.join(dataDir, "training/mini") : fromCaller(values.folder),
  );
  if (values.export !== undefined) {
    const to = fromCaller(values.export);
    const made = await exportCheckpoint(folder, to);
    stdout.write(`${to}: the average after ${made} steps\n`);
    return exitCodes.done;
  }
  const provider = parseChoice("device", values.device, "cpu", providers);
  await checkProvider(provider);
  return untilInterrupt("saving a checkpoint", async (signal) => {
    await trainInsightEdit({
      recipe,
      folder,
      open: (emit) => openSession(emit({ provider }), { provider }),
      signal,
      onEntry: (entry) => void stderr.write(`${describeTraining(entry, recipe)}\n`),
    });
    return signal.aborted ? exitCodes.interrupted : exitCodes.done;
  });
}
