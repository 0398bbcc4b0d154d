import type { GraphDocument } from "../packages/engine/src/graph.ts";

const model = "graph:edit/model";
const kinds = ["simple", "reasoning"];
/** What is told apart by the kind of the instruction: a metric's node, and the name of its column. */
const told = [
  ["success", "success"],
  ["psnr-inside", "PSNR inside (dB)"],
  ["psnr-outside", "PSNR outside (dB)"],
] as const;

/** Nodes and outputs that keep a metric for one kind of instruction. */
function scoresByKind() {
  const scores = told.flatMap(([node, column], row) =>
    kinds.map((kind, at) => ({
      id: `${node}-${kind}`,
      output: `${column}, ${kind} ↑`,
      node: {
        ...{ type: "metric.of-kind", version: 1, params: { wanted: kind } },
        inputs: {
          score: { node, output: "score" },
          kind: { node: "scene", output: "kind" },
        },
        ui: { x: 1120, y: 220 * (2 * row + at), title: `${column}, ${kind}` },
      },
    })),
  );
  return {
    nodes: Object.fromEntries(scores.map(({ id, node }) => [id, node])),
    outputs: Object.fromEntries(
      scores.map(({ id, output }) => [output, { node: id, output: "score" }]),
    ),
  };
}

/**
 * The graph of the components' ablation with other variants: trained on all instructions, and on simple ones alone. Scores
 * are told apart by the instruction, as the paper has them for understanding and for reasoning.
 */
export function instructionsAblation(components: GraphDocument): GraphDocument {
  const named = (name: string, checkpoint: string) => {
    return { name, changes: [{ node: model, params: { checkpoint } }] };
  };
  const variants = [
    named("simple and reasoning", "insightedit-nano"),
    named("simple only", "insightedit-nano-simple-only"),
  ];
  const { nodes, outputs } = scoresByKind();
  const { "SSIM outside ↑": _, "ST-LPIPS ↓": __, ...kept } = components.outputs ?? {};
  const { "ssim-outside": ___, "st-lpips": ____, ...scored } = components.nodes;
  return {
    ...components,
    name: "Ablation of the training instructions",
    nodes: { ...scored, ...nodes },
    outputs: { ...outputs, ...kept },
    ablation: {
      axes: [{ name: "instructions", variants }],
      baseline: { instructions: "simple and reasoning" },
    },
  };
}
