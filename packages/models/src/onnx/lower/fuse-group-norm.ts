import { append, type Graph, type OnnxNode, type Tensor } from "../graph.ts";
import { sizeOf } from "../shape.ts";
import { rewriteNodes, type Uses } from "./rewrite.ts";

/** Where x is scaled or shifted by a weight a channel: the x and the weight [C]. */
function perChannel(uses: Uses, value: Tensor | undefined, op: string) {
  const node = uses.maker(value, op);
  const weight = uses.maker(node?.inputs[1], "Reshape")?.inputs[0];
  return weight?.shape.length === 1 ? { x: node?.inputs[0], weight } : undefined;
}

function groupNormOf(value: Tensor | undefined, uses: Uses) {
  const shifted = perChannel(uses, value, "Add");
  const scaled = perChannel(uses, shifted?.x, "Mul");
  const norm = uses.maker(uses.maker(scaled?.x, "Reshape")?.inputs[0], "InstanceNormalization");
  const grouped = norm?.inputs[0];
  const x = uses.maker(grouped, "Reshape")?.inputs[0];
  if (!shifted || !scaled || !norm || !grouped || x?.shape.length !== 4) return undefined;
  return {
    inputs: [x, scaled.weight, shifted.weight],
    groups: sizeOf(grouped, 1),
    epsilon: norm.attributes["epsilon"] as { readonly float: number },
  };
}

/** The value of which this operator is the silu. */
function siluOf(node: OnnxNode, uses: Uses): Tensor | undefined {
  const [x, gate] = node.inputs;
  if (node.op !== "Mul" || x === undefined) return undefined;
  return uses.maker(gate, "Sigmoid")?.inputs[0]?.name === x.name ? x : undefined;
}

/**
 * A group norm, with the silu after it, as one GroupNorm. Its layout is the pixels' last (`channels_last` 0) until
 * channels are laid last: no provider runs it so.
 * Source: ONNX Runtime's contrib operators.
 */
export function fuseGroupNorm(graph: Graph): void {
  rewriteNodes(graph, (node, uses) => {
    const [output] = node.outputs;
    if (output === undefined) return;
    const silu = siluOf(node, uses);
    const found = groupNormOf(silu ?? output, uses);
    if (found === undefined) return;
    const { inputs, groups, epsilon } = found;
    const activation = silu === undefined ? 0 : 1;
    const attributes = { groups, epsilon, activation, channels_last: 0 };
    append("GroupNorm", inputs, output, attributes, "com.microsoft");
  });
}
