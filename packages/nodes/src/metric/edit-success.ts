import { isDone, joinEdits } from "@insightgraph/editing/scoring";
import { defineNode } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { mask } from "../port-types/mask.ts";
import { number } from "../port-types/number.ts";
import { text } from "../port-types/text.ts";

export const metricEditSuccess = defineNode({
  type: "metric.edit-success",
  version: 1,
  title: "Edit success",
  doc: "Whether an edit came out right: inside the mask, its squared error to the target is under 30 % of the source's.",
  inputs: {
    source: image("Picture before the edit."),
    target: image("What the edit should give, sized as the source."),
    mask: mask("Where source and target differ."),
    result: image("What the edit gave; resized to the source where sizes differ."),
    operation: text("What the edit does; what add brings may stand anywhere in its place."),
    kind: text("What kind of instruction asked for it, such as reasoning."),
  },
  params: {},
  outputs: { score: number("1 for a success, 0 for a failure.") },
  run(edit) {
    const [joined] = joinEdits({
      source: [edit.source],
      target: [edit.target],
      mask: [edit.mask],
      result: [edit.result],
      operation: [edit.operation],
      kind: [edit.kind],
    });
    return { score: joined !== undefined && isDone(joined) ? 1 : 0 };
  },
});
