import { joinEdits, paintGallery } from "@insightgraph/editing/scoring";
import { defineNode, listOf, param } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { text } from "../port-types/text.ts";
import { editPorts } from "./edit-ports.ts";

export const evaluationGallery = defineNode({
  type: "evaluation.gallery",
  version: 1,
  title: "Gallery of edits",
  doc: "Shows the first edits, failures included: source, result and truth under each instruction.",
  inputs: { ...editPorts, instruction: listOf(text)("What each edit was asked to do.") },
  params: {
    first: param.integer({ default: 12, min: 1, max: 100, doc: "Number of edits to show." }),
  },
  outputs: { image: image("The edits in rows of three.") },
  async run({ instruction, ...lists }, { first }) {
    const edits = joinEdits(lists).map((edit, index) => ({
      ...edit,
      instruction: instruction[index] ?? "",
    }));
    return { image: await paintGallery(edits.slice(0, first)) };
  },
});
