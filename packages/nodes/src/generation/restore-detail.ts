import { restoreAndFill } from "@insightgraph/editing/photographs";
import { restoreDetail } from "@insightgraph/editing/pictures";
import { defineNode, param } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";

export const generationRestoreDetail = defineNode({
  type: "generation.restore-detail",
  version: 2,
  // It enlarged what the edit drew where something was removed.
  migrate: { 1: (node) => ({ ...node, params: { ...node.params, fill: false } }) },
  title: "Restore detail",
  doc: "Finds the region that an edit changed and blends only that into the original, so that everything else stays exact and at full size. Where the edit removed something, fills in from the original's surroundings. Bypass it to see the raw edit.",
  inputs: {
    edited: image("Edited picture, ideally at the model's own size."),
    original: image("Original picture at any size."),
  },
  params: {
    threshold: param.integer({
      default: 32,
      min: 1,
      max: 255,
      doc: "Difference per channel, of 255, that counts as a change rather than as autoencoder error.",
    }),
    leastArea: param.integer({
      default: 12,
      min: 1,
      max: 4096,
      doc: "Smallest connected region, in pixels of the edited picture, that counts as a change.",
    }),
    grow: param.integer({
      default: 2,
      min: 0,
      max: 32,
      doc: "Width of the blend around a change, in pixels of the edited picture.",
    }),
    fill: param.boolean({
      default: true,
      doc: "Fill what the edit removed with patches of the original's surroundings (PatchMatch), at full size. Off: enlarge what the edit drew there.",
    }),
  },
  outputs: {
    image: image("Original picture with the change blended in."),
    mask: mask("Where the picture changed."),
  },
  run: ({ edited, original }, { fill, ...settings }, { signal }) =>
    fill
      ? restoreAndFill(original, edited, { ...settings, signal })
      : restoreDetail(original, edited, settings),
});
