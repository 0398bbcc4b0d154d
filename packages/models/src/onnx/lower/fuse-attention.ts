import { append, type Graph, type OnnxNode, type Tensor } from "../graph.ts";
import { reshape, transpose } from "../ops/arrange.ts";
import { dimOf, sizeOf } from "../shape.ts";
import { rewriteNodes, type Uses, untransposed } from "./rewrite.ts";

/** The [N, L, H d] that was split into heads [N, H, L, d]; put together again where heads were changed since. */
function streamOf(uses: Uses, heads: Tensor): Tensor {
  const cut = untransposed(uses, heads, "0,2,1,3");
  const stream = uses.maker(cut, "Reshape")?.inputs[0];
  if (stream?.shape.length === 3 && stream.shape[1] === cut?.shape[1]) return stream;
  const width = sizeOf(heads, 1) * sizeOf(heads, 3);
  return reshape(transpose(heads, [0, 2, 1, 3]), [dimOf(heads, 0), dimOf(heads, 2), width]);
}

const isHeads = (value: Tensor | undefined): value is Tensor => value?.shape.length === 4;

/** The heads of query, key and value, and the scale, of unmasked attention that ends in this operator. */
function attentionOf(node: OnnxNode, uses: Uses) {
  if (node.op !== "Reshape" || node.outputs[0]?.shape.length !== 3) return undefined;
  const mixed = uses.maker(untransposed(uses, node.inputs[0], "0,2,1,3"), "MatMul");
  const scores = uses.maker(uses.maker(mixed?.inputs[0], "Softmax")?.inputs[0], "MatMul");
  const scaled = uses.maker(scores?.inputs[0], "Mul");
  const scale = uses.numberOf(scaled?.inputs[1]);
  const query = scaled?.inputs[0];
  const key = untransposed(uses, scores?.inputs[1], "0,1,3,2");
  const value = mixed?.inputs[1];
  if (!isHeads(query) || !isHeads(key) || !isHeads(value) || scale === undefined) return undefined;
  return { heads: [query, key, value], count: sizeOf(query, 1), scale };
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
    const inputs = found.heads.map((heads) => streamOf(uses, heads));
    const attributes = { num_heads: found.count, scale: { float: found.scale } };
    append("MultiHeadAttention", inputs, output, attributes, "com.microsoft");
  });
}
