import { resolve } from "node:path";
import {
  describeEntry,
  lossTable,
  openTrainingFolder,
  paintCurve,
  trainUnet as trainIn,
} from "@insightgraph/editing/training";
import { defineNode, param } from "@insightgraph/engine/node";
import { blameParam, checkpointParam } from "../model/checkpoint-param.ts";
import { image } from "../port-types/image.ts";
import { text } from "../port-types/text.ts";
import { openIn, readLog } from "./training-session.ts";

/** The LoRA that params ask for. */
function loraOf(rank: number, targets: string) {
  const named = targets.split(",").map((name) => name.trim());
  return rank === 0 ? {} : { lora: { rank, targets: named.filter((name) => name !== "") } };
}

/** Source: InstructPix2Pix (arXiv:2211.09800), section 3.2. */
export const trainUnet = defineNode({
  type: "train.unet",
  version: 1,
  title: "Train UNet",
  doc: "Fine-tunes the denoising network of a Stable Diffusion checkpoint on instructed edits: pairs of a data set and composed scenes. Resumes the run in the folder. A text-to-image network learns to read the source too.",
  inputs: {},
  params: {
    checkpoint: checkpointParam("instruct-pix2pix"),
    folder: param.file({
      default: "training/unet",
      purpose: "save",
      accept: "",
      doc: "Folder of the run, with its recipe, log, state and checkpoint.",
    }),
    dataset: param.file({
      default: "",
      purpose: "open",
      accept: "",
      doc: "Data set of editing pairs, a folder or a file. Empty: composed scenes alone.",
    }),
    share: param.number({
      default: 1,
      min: 0,
      max: 1,
      step: 0.05,
      doc: "Share of pairs of the data set in a batch; the rest are composed scenes.",
    }),
    varied: param.number({
      default: 0.5,
      min: 0,
      max: 1,
      step: 0.05,
      doc: "Share of scenes that are drawn as other makers might.",
    }),
    side: param.integer({
      default: 256,
      min: 16,
      max: 2048,
      step: 8,
      doc: "Side of the training pictures in pixels.",
    }),
    steps: param.integer({ default: 1000, min: 1, max: 1_000_000, doc: "Steps in all." }),
    batch: param.integer({ default: 4, min: 1, max: 512, doc: "Batch size in edits." }),
    rate: param.number({ default: 1e-4, min: 1e-8, max: 0.1, doc: "Highest learning rate." }),
    seed: param.seed({ default: 1, doc: "Seed of noise, timesteps and what is left out." }),
    rank: param.integer({
      default: 0,
      min: 0,
      max: 1024,
      doc: "Rank of a LoRA that is trained instead of the weights. 0: all weights move.",
    }),
    targets: param.text({
      default: "to_q, to_k, to_v, to_out.0",
      doc: "Layers that the LoRA adapts, by the ends of their names.",
    }),
  },
  outputs: {
    losses: image("Loss curve."),
    checkpoint: text(
      "Trained checkpoint in diffusers' layout, as `model.unet` reads it; or the LoRA, for `model.lora`.",
    ),
    log: text("Losses by step, as a table."),
  },
  isOutput: true,
  cacheable: false,
  async run(_, { folder: path, dataset, share, rank, targets, ...settings }, context) {
    const { signal, progress, log } = context;
    const { steps, batch } = settings;
    const folder = await openTrainingFolder(path);
    const pairs =
      dataset === "" || share === 0 ? {} : { pairs: { place: resolve(dataset), share } };
    const shown = { steps: { vision: 0, alignment: 0, editing: steps, decoding: 0 }, batch };
    const trained = await blameParam("checkpoint", () =>
      trainIn({
        ...{ folder, signal, opener: context, open: openIn(context) },
        recipe: { ...settings, ...pairs, ...loraOf(rank, targets) },
        onStep: (step) => progress(step, steps),
        onEntry: (entry) => log(describeEntry(entry, shown)),
      }),
    );
    signal.throwIfAborted();
    const entries = await readLog(folder);
    return {
      losses: await paintCurve(entries),
      checkpoint: `dir:${trained}`,
      log: lossTable(entries),
    };
  },
});
