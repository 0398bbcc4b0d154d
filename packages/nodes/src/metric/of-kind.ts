import { defineNode, param } from "@insightgraph/engine/node";
import { number } from "../port-types/number.ts";
import { text } from "../port-types/text.ts";

export const metricOfKind = defineNode({
  type: "metric.of-kind",
  version: 1,
  title: "Score of one kind",
  doc: "Keeps a score where an item is of one kind, and gives none (NaN) elsewhere, so that a mean is that of the kind.",
  inputs: {
    score: number("Score of the item."),
    kind: text("Kind of the item, such as that of its instruction."),
  },
  params: { wanted: param.text({ default: "reasoning", doc: "Kind whose scores count." }) },
  outputs: { score: number("The score; NaN for an item of another kind.") },
  run: ({ score, kind }, { wanted }) => ({ score: kind === wanted ? score : Number.NaN }),
});
