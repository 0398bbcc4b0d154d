import { appendNode, type Graph, type OnnxNode, type Tensor } from "../graph.ts";
import { showShape } from "../shape.ts";
import { type Uses, usesOf } from "./rewrite.ts";

/** The layer norm that reads a sum of two equally shaped values. */
function normAfter(node: OnnxNode, uses: Uses): OnnxNode | undefined {
  const [sum] = node.outputs;
  if (node.op !== "Add" || sum === undefined) return undefined;
  const isPlain = node.inputs.every(({ shape }) => showShape(shape) === showShape(sum.shape));
  if (!isPlain) return undefined;
  return uses.readers(sum).find(({ op, inputs: [x, ...learnt] }) => {
    // What is computed may be ready only after the sum.
    const isReady = learnt.every((weight) => uses.maker(weight) === undefined);
    return op === "LayerNormalization" && x?.name === sum.name && isReady;
  });
}

/**
 * A residual sum and the layer norm after it as one SkipLayerNormalization that gives both.
 * Source: ONNX Runtime's contrib operators.
 */
export function fuseSkipNorm(graph: Graph): void {
  const uses = usesOf(graph);
  const gone = new Set<OnnxNode>();
  for (const node of graph.nodes.splice(0)) {
    if (gone.has(node)) continue;
    const norm = normAfter(node, uses);
    const [sum, y] = [node.outputs[0], norm?.outputs[0]];
    if (norm === undefined || sum === undefined || y === undefined) {
      graph.nodes.push(node);
      continue;
    }
    gone.add(norm);
    const [, scale, bias] = norm.inputs as readonly [Tensor, Tensor, Tensor];
    const { epsilon } = norm.attributes as { readonly epsilon: { readonly float: number } };
    const [mean, deviation] = norm.outputs.slice(1) as [Tensor, Tensor];
    const specs = [y, mean, deviation, sum];
    const inputs = [...node.inputs, scale, bias];
    appendNode("SkipLayerNormalization", inputs, specs, { epsilon }, "com.microsoft");
    const made = graph.nodes.pop() as OnnxNode;
    graph.nodes.push({ ...made, outputs: specs });
  }
}
