import { join, resolve } from "node:path";
import { modelVariants } from "@insightgraph/editing/architectures";
import {
  changeStages,
  defaultRecipe,
  describeEntry,
  exportCheckpoint,
  lossTable,
  nanoRecipe,
  openTrainingFolder,
  paintCurve,
  type TrainingRecipe,
  trainInsightEdit,
} from "@insightgraph/editing/training";
import { defineNode, param } from "@insightgraph/engine/node";
import type { TrainingStage } from "@insightgraph/models";
import { image } from "../port-types/image.ts";
import { text } from "../port-types/text.ts";
import { openIn, readLog } from "./training-session.ts";

const recipes = { mini: defaultRecipe, nano: nanoRecipe };

function recipeOf(settings: {
  readonly size: keyof typeof recipes;
  readonly variant: TrainingRecipe["variant"];
  readonly start: string;
  readonly visionSteps: number;
  readonly alignmentSteps: number;
  readonly editingSteps: number;
  readonly decodingSteps: number;
  readonly batch: number;
  readonly seed: number;
  readonly dataset: string;
  readonly share: number;
  readonly varied: number;
  readonly pace: number;
  readonly perceptual: number;
}): TrainingRecipe {
  const { size, variant, start, batch, seed, dataset, share, varied } = settings;
  const recipe = recipes[size];
  return {
    ...recipe,
    ...{ variant, batch, seed, varied },
    stages: changeStages(recipe.stages, settings),
    ...(start !== "" && { start }),
    ...(dataset !== "" && share > 0 && { pairs: { place: resolve(dataset), share } }),
    steps: {
      vision: settings.visionSteps,
      alignment: settings.alignmentSteps,
      editing: settings.editingSteps,
      decoding: settings.decodingSteps,
    },
  };
}

/** Source: InsightEdit (arXiv:2411.17323), section 3.3. */
export const trainInsightedit = defineNode({
  type: "train.insightedit",
  version: 3,
  migrate: {
    // Graphs evaluate what was trained: see graphs/train-mini.json.
    1: (node) => node,
    // There was no fourth stage.
    2: (node) => ({ ...node, params: { ...node.params, decodingSteps: 0 } }),
  },
  title: "Train InsightEdit",
  doc: "Trains insightedit-mini on composed scenes in four stages: the vision tower; comprehension and bridges; bridges and the denoising network; the decoder that sees the source. Resumes the run in the folder.",
  inputs: {
    checkpoint: text.optional("Checkpoint to start from, as another training gives it."),
  },
  params: {
    folder: param.file({
      default: "training",
      purpose: "save",
      accept: "",
      doc: "Folder of the run, with its recipe, log and checkpoints.",
    }),
    size: param.choice({
      options: ["mini", "nano"],
      default: "mini",
      doc: "Size of the networks. Nano: 64 pixels and every fifth object, for ablations.",
    }),
    variant: param.choice({
      options: modelVariants,
      default: "full",
      doc: "Full model, or an ablation: no image branch, no interaction, neither, or no reasoning instructions.",
    }),
    start: param.text({
      default: "",
      doc: "Checkpoint to fine-tune, such as insightedit-mini. Empty: train from scratch.",
    }),
    visionSteps: param.integer({
      default: defaultRecipe.steps.vision,
      min: 0,
      max: 1_000_000,
      doc: "Steps of stage 1: the vision tower learns to recognise objects.",
    }),
    alignmentSteps: param.integer({
      default: defaultRecipe.steps.alignment,
      min: 0,
      max: 1_000_000,
      doc: "Steps of stage 2: comprehension and bridges learn what an instruction means.",
    }),
    editingSteps: param.integer({
      default: defaultRecipe.steps.editing,
      min: 0,
      max: 1_000_000,
      doc: "Steps of stage 3: the denoising network learns to make the edit.",
    }),
    decodingSteps: param.integer({
      default: defaultRecipe.steps.decoding,
      min: 0,
      max: 1_000_000,
      doc: "Steps of stage 4: the decoder learns to draw the edit and to keep the rest of the source.",
    }),
    batch: param.integer({
      default: defaultRecipe.batch,
      min: 1,
      max: 512,
      doc: "Batch size in scenes.",
    }),
    seed: param.seed({ default: defaultRecipe.seed, doc: "Seed of the initial weights." }),
    varied: param.number({
      default: 0,
      min: 0,
      max: 1,
      step: 0.05,
      doc: "Share of scenes that are drawn as other makers might: other styles of objects, strong colours and textures, no grid, looser wordings.",
    }),
    pace: param.number({
      default: 1,
      min: 0.01,
      max: 10,
      doc: "Factor on all learning rates. Below 1 for fine-tuning.",
    }),
    perceptual: param.number({
      default: 0,
      min: 0,
      max: 10,
      doc: "Weight of ST-LPIPS in stage 4, beside absolute and structural errors. 0: left out.",
    }),
    dataset: param.file({
      default: "",
      purpose: "open",
      accept: "",
      doc: "Data set of editing pairs, a folder or a file, for the third and fourth stage. Empty: composed scenes alone.",
    }),
    share: param.number({
      default: 0.5,
      min: 0,
      max: 1,
      step: 0.05,
      doc: "Share of pairs of the data set in a batch; the rest are composed scenes.",
    }),
  },
  outputs: {
    // Its first output is what a node can show while it runs.
    log: text("Losses by step, as a table."),
    losses: image("Loss curves."),
    checkpoint: text("Trained checkpoint, as `model.insightedit` reads it."),
  },
  isOutput: true,
  cacheable: false,
  async run({ checkpoint: start }, { folder: path, ...settings }, context) {
    const { signal, progress, log } = context;
    const recipe = recipeOf({ ...settings, ...(start !== undefined && { start }) });
    const folder = await openTrainingFolder(path);
    const exported = resolve(join(folder.path, "checkpoint"));
    const { vision, alignment, editing, decoding } = recipe.steps;
    const before: Readonly<Record<TrainingStage, number>> = {
      vision: 0,
      alignment: vision,
      editing: vision + alignment,
      decoding: vision + alignment + editing,
    };
    let done = 0;
    const show = (preview?: string): void => progress(done, before.decoding + decoding, preview);
    await trainInsightEdit({
      ...{ recipe, folder, signal },
      open: openIn(context),
      onStep(stage, step) {
        done = before[stage] + step;
        show();
      },
      async onEntry(entry) {
        log(describeEntry(entry, recipe));
        show(lossTable(await readLog(folder)));
      },
      async onSaved(stage) {
        if (stage === "vision") return;
        await exportCheckpoint(folder, exported);
        log(`saved ${exported}`);
      },
    });
    signal.throwIfAborted();
    const entries = await readLog(folder);
    const losses = await paintCurve(entries);
    return { losses, checkpoint: `dir:${exported}`, log: lossTable(entries) };
  },
});
