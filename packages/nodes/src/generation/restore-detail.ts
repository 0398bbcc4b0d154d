import { restoreDetail } from "@insightgraph/editing/pictures";
import { defineNode, param } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";

export const generationRestoreDetail = defineNode({
  type: "generation.restore-detail",
  version: 1,
  title: "Restore detail",
  doc: "Finds what an edit changed and lays only that over the original, so that all else keeps its size and every bit. Bypass it to see the plain edit.",
  inputs: {
    edited: image("The edit, best at the model's own size."),
    original: image("The picture before, at any size."),
  },
  params: {
    threshold: param.integer({
      default: 32,
      min: 1,
      max: 255,
      doc: "Difference of a colour, of 255, that is surely a change and no loss of the autoencoder.",
    }),
    leastArea: param.integer({
      default: 12,
      min: 1,
      max: 4096,
      doc: "Pixels of the edit that must hang together to be a change.",
    }),
    grow: param.integer({
      default: 2,
      min: 0,
      max: 32,
      doc: "Pixels of the edit around a change that fade into the original.",
    }),
  },
  outputs: {
    image: image("The original with the change in it."),
    mask: mask("Where it was changed."),
  },
  run: ({ edited, original }, settings) => restoreDetail(original, edited, settings),
});
