import { joinEdits, printScores, scoreEdits } from "@insightgraph/editing/scoring";
import { defineNode, listOf } from "@insightgraph/engine/node";
import { number } from "../port-types/number.ts";
import { text } from "../port-types/text.ts";
import { editPorts } from "./edit-ports.ts";

export const evaluationScore = defineNode({
  type: "evaluation.score",
  version: 1,
  replaces: {
    "evaluation.held-out":
      'Call graphs/evaluate.json instead: "graphs": { "evaluate": { "file": "evaluate.json" } }.',
  },
  title: "Score edits",
  doc: "Measures how many edits came out right, and how near the rest of the picture stayed.",
  inputs: {
    ...editPorts,
    distance: listOf(number).optional("Perceptual distances of the results to the targets."),
  },
  params: {},
  outputs: {
    scores: text(
      "Success with 95 % intervals; PSNR and SSIM inside and outside the mask and the perceptual distance, with half the width of theirs; by operation and kind.",
    ),
    table: text("The same as JSON, with the measures of each edit."),
    success: number("Share of edits that came out right, 0 to 1."),
  },
  run(lists) {
    const table = scoreEdits(joinEdits(lists));
    return { scores: printScores(table), table: JSON.stringify(table), success: table.all.success };
  },
});
