import { findComponent } from "@insightgraph/editing/checkpoints";
import { usageError } from "./parse-arguments.ts";

/** A graph that edits one picture, and the nodes whose param each option of `edit` sets. */
export interface EditGraph {
  /** In graphs/. */
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

/** The graph for a model: checkpoints in diffusers' layout are InstructPix2Pix's, all others InsightEdit's own. */
export async function editGraphFor(model: string | undefined): Promise<EditGraph> {
  return model !== undefined && (await hasTextEncoder(model)) ? instructPix2Pix : insightEdit;
}

/** Throws: command.usage, for an option that the model has no place for. */
export function checkOptions({ targets, adapter }: EditGraph, options: readonly string[]): void {
  for (const option of options) {
    if (Object.hasOwn(targets, option) || (option === "no-iaa" && adapter !== undefined)) continue;
    throw usageError(
      `this model has no place for --${option}`,
      "leave the option out, or take a model with an image alignment adapter.",
    );
  }
}
