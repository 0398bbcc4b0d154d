import type { GraphDocument } from "../packages/engine/src/graph.ts";

const model = "graph:edit/model";

/** The graph of the components' ablation with other variants: trained on all instructions, and on simple ones alone. */
export function instructionsAblation(components: GraphDocument): GraphDocument {
  const named = (name: string, checkpoint: string) => {
    return { name, changes: [{ node: model, params: { checkpoint } }] };
  };
  const variants = [
    named("simple and reasoning", "insightedit-nano"),
    named("simple only", "insightedit-nano-simple-only"),
  ];
  return {
    ...components,
    name: "Ablation of the training instructions",
    ablation: {
      axes: [{ name: "instructions", variants }],
      baseline: { instructions: "simple and reasoning" },
    },
  };
}
