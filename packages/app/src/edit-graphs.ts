import { findComponent } from "@insightgraph/editing/checkpoints";
import { usageError } from "./parse-arguments.ts";

/** A graph that edits a picture, and which node params the options of `edit` set. */
export interface EditGraph {
  /** File name in graphs/. */
  readonly file: string;
  readonly targets: Readonly<Record<string, readonly [nodes: readonly string[], param: string]>>;
  /** Node that --no-iaa bypasses. */
  readonly adapter?: string;
}

const sampling = {
  seed: [["sample"], "seed"],
  steps: [["sample"], "steps"],
  "text-guidance": [["sample"], "textGuidance"],
  "image-guidance": [["sample"], "imageGuidance"],
  "noise-scale": [["sample"], "noiseScale"],
} as const;

const insightEdit: EditGraph = {
  file: "insightedit.json",
  targets: {
    ...sampling,
    model: [["model"], "checkpoint"],
    "iaa-scale": [["image-adapter"], "scale"],
  },
  adapter: "image-adapter",
};

const instructPix2Pix: EditGraph = {
  file: "instruct-pix2pix.json",
  targets: { ...sampling, model: [["clip", "vae", "unet", "scheduler"], "checkpoint"] },
};

async function hasTextEncoder(checkpoint: string): Promise<boolean> {
  try {
    await findComponent(checkpoint, "text_encoder");
    return true;
  } catch {
    return false;
  }
}

/** The graph for a model: InstructPix2Pix's for checkpoints in diffusers' layout, otherwise InsightEdit's. */
export async function editGraphFor(model: string | undefined): Promise<EditGraph> {
  return model !== undefined && (await hasTextEncoder(model)) ? instructPix2Pix : insightEdit;
}

/** Refuses options that the model's graph does not have. Throws: command.usage. */
export function checkOptions({ targets, adapter }: EditGraph, options: readonly string[]): void {
  for (const option of options) {
    if (Object.hasOwn(targets, option) || (option === "no-iaa" && adapter !== undefined)) continue;
    throw usageError(
      `this model does not support --${option}`,
      "Remove the option, or use a model with an image alignment adapter.",
    );
  }
}
