import { append, type Graph, type OnnxNode, type Tensor } from "../graph.ts";
import { sizeOf } from "../shape.ts";
import { rewriteNodes, type Uses, untransposed } from "./rewrite.ts";

/** The [N, L, H d] that was split into heads, [N, H, L, d]. */
function streamOf(uses: Uses, split: Tensor | undefined): Tensor | undefined {
  const cut = untransposed(uses, split, "0,2,1,3");
  const stream = uses.maker(cut, "Reshape")?.inputs[0];
  const isWhole = stream?.shape.length === 3 && stream.shape[1] === cut?.shape[1];
  return isWhole ? stream : undefined;
}

/** Query, key, value, heads and scale of unmasked attention that ends in this operator. */
function attentionOf(node: OnnxNode, uses: Uses) {
  if (node.op !== "Reshape" || node.outputs[0]?.shape.length !== 3) return undefined;
  const mixed = uses.maker(untransposed(uses, node.inputs[0], "0,2,1,3"), "MatMul");
  const scores = uses.maker(uses.maker(mixed?.inputs[0], "Softmax")?.inputs[0], "MatMul");
  const scaled = uses.maker(scores?.inputs[0], "Mul");
  const scale = uses.numberOf(scaled?.inputs[1]);
  const heads = scaled?.inputs[0];
  const query = streamOf(uses, heads);
  const key = streamOf(uses, untransposed(uses, scores?.inputs[1], "0,1,3,2"));
  const value = streamOf(uses, mixed?.inputs[1]);
  if (!query || !key || !value || !heads || scale === undefined) return undefined;
  return { inputs: [query, key, value], heads: sizeOf(heads, 1), scale };
}

/**
 * Attention without a mask as one MultiHeadAttention, which never holds all scores at once.
 * Source: ONNX Runtime's contrib operators; FlashAttention-2 (arXiv:2307.08691).
 */
export function fuseAttention(graph: Graph): void {
  rewriteNodes(graph, (node, uses) => {
    const found = attentionOf(node, uses);
    const [output] = node.outputs;
    if (found === undefined || output === undefined) return;
    const attributes = { num_heads: found.heads, scale: { float: found.scale } };
    append("MultiHeadAttention", found.inputs, output, attributes, "com.microsoft");
  });
}
