import path from "node:path";
import { stdout } from "node:process";
import {
  defaultRecipe,
  exportCheckpoint,
  modelVariants,
  openTrainingFolder,
} from "@insightgraph/editing/training";
import { deviceOf, deviceOptions, deviceUsage } from "../device-options.ts";
import { withOptions } from "../edit-graph.ts";
import { exitCodes } from "../exit-codes.ts";
import { loadGraph } from "../load-graph.ts";
import { parseArguments } from "../parse-arguments.ts";
import { dataDir, fromCaller, graphsDir } from "../places.ts";
import { runInChild } from "../run-in-child.ts";
import { run as runGraph } from "./run.ts";

/** What `insightgraph train --help` prints. */
export const usage = `usage: insightgraph train [options]
       insightgraph train GRAPH [options of run]

Runs graphs/train-mini.json: trains insightedit-mini on composed scenes, first the vision tower, then comprehension and
bridges, then bridges and denoising network, then the decoder that sees the source. Continues from the folder's last checkpoint; Ctrl-C saves one and stops.
With a graph, runs its training nodes, never from the cache.

  --folder DIR            checkpoints and log (.insightgraph/training/mini)
  --variant NAME          ${modelVariants.join(", ")} (full)
  --start NAME            a checkpoint to fine-tune, or dir:PATH; none begins anew
  --vision-steps N        steps of the first stage (${defaultRecipe.steps.vision})
  --alignment-steps N     of the second (${defaultRecipe.steps.alignment})
  --steps N               of the third, in which it learns to draw (${defaultRecipe.steps.editing})
  --decoding-steps N      of the fourth, in which the decoder learns (${defaultRecipe.steps.decoding})
  --batch N               scenes in a step (${defaultRecipe.batch})
  --seed N                seed of the first weights and of the scenes (${defaultRecipe.seed})
  --varied N              share of scenes drawn as other makers might, 0 to 1 (0.6)
  --pace N                factor on all learning rates (1); fine-tuning takes less
  --perceptual N          weight of ST-LPIPS in the fourth stage (0.2); 0 leaves it out
  --dataset SET           pairs to learn from in the third and fourth stage, beside scenes (docs/datasets.md)
  --share N               their share of a batch, 0 to 1 (0.5)
  --evaluate              also score the trained weights on held-out edits, as insightgraph eval does
  --count N               with --evaluate, only the first N edits
${deviceUsage(26)}
  --export DIR            write the trained weights there, train no further
`;

/** Options by name, each with the named input that it sets. */
const options = {
  folder: "folder",
  variant: "variant",
  start: "start",
  "vision-steps": "visionSteps",
  "alignment-steps": "alignmentSteps",
  steps: "editingSteps",
  "decoding-steps": "decodingSteps",
  batch: "batch",
  seed: "seed",
  varied: "varied",
  pace: "pace",
  perceptual: "perceptual",
  dataset: "dataset",
  share: "share",
  count: "count",
};

/** Saving a checkpoint takes up to a run of steps and a large file. */
const graceMs = 60_000;

async function exportFrom(folder: string, to: string): Promise<number> {
  const steps = await exportCheckpoint(await openTrainingFolder(folder), to);
  stdout.write(`${to}: the average after ${steps} steps\n`);
  return exitCodes.done;
}

/** Runs `insightgraph train`. @returns the exit code. Throws: command.usage and what the run throws. */
export async function run(args: readonly string[]): Promise<number> {
  const [first] = args;
  if (first !== undefined && !first.startsWith("-")) return runGraph(args);
  const text = { type: "string" } as const;
  const { values } = parseArguments(args, {
    folder: text,
    variant: text,
    start: text,
    "vision-steps": text,
    "alignment-steps": text,
    steps: text,
    "decoding-steps": text,
    batch: text,
    seed: text,
    varied: text,
    pace: text,
    perceptual: text,
    dataset: text,
    share: text,
    count: text,
    export: text,
    evaluate: { type: "boolean", default: false },
    ...deviceOptions,
  });
  const folder = fromCaller(values.folder ?? path.join(dataDir, "training/mini"));
  if (values.export !== undefined) return exportFrom(folder, fromCaller(values.export));
  const graph = await loadGraph(path.join(graphsDir, "train-mini.json"));
  const { code } = await runInChild({
    folder: graphsDir,
    device: deviceOf(values),
    graceMs,
    notice: "saving a checkpoint",
    prepare: (catalogue) => ({
      graph: withOptions(graph, catalogue, options, { ...values, folder }),
      outputs: values.evaluate ? ["train", "evaluate"] : ["train"],
    }),
  });
  return code;
}
