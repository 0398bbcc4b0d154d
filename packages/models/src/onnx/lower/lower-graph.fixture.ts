import { append, type Graph, type OnnxNode, type Tensor } from "../graph.ts";
import { reshape, transpose } from "../ops/arrange.ts";
import { add, mul, silu } from "../ops/elementwise.ts";
import { instanceNormalization } from "../ops/normalize.ts";
import { cast } from "../ops/select.ts";
import { dimOf, sizeOf } from "../shape.ts";
import { rewriteNodes } from "./rewrite.ts";

function groupNormPlain({ inputs, attributes }: OnnxNode): Tensor {
  const [x, weight, bias] = inputs as readonly [Tensor, Tensor, Tensor];
  const picture = transpose(x, [0, 3, 1, 2]);
  const [rows, channels, height, width] = picture.shape;
  const groups = attributes["groups"] as number;
  const { float } = attributes["epsilon"] as { readonly float: number };
  const elements = (Number(channels) / groups) * Number(height) * Number(width);
  const grouped = reshape(picture, [rows ?? "N", groups, elements]);
  const normal = reshape(instanceNormalization(grouped, float), picture.shape);
  const each = (one: Tensor): Tensor => reshape(cast(one, x.dtype), [sizeOf(one, 0), 1, 1]);
  const y = add(mul(normal, each(weight)), each(bias));
  return transpose(attributes["activation"] === 1 ? silu(y) : y, [0, 2, 3, 1]);
}

function convolutionPlain({ inputs, outputs, attributes }: OnnxNode): Tensor {
  const [x, weight, ...bias] = inputs as readonly [Tensor, Tensor, ...Tensor[]];
  const picture = transpose(x, [0, 3, 1, 2]);
  const kernel = transpose(weight, [0, 3, 1, 2]);
  const out = outputs[0] as Tensor;
  const shape = [dimOf(out, 0), dimOf(out, 3), dimOf(out, 1), dimOf(out, 2)];
  const y = append("Conv", [picture, kernel, ...bias], { dtype: x.dtype, shape }, attributes);
  return transpose(y, [0, 2, 3, 1]);
}

/**
 * Writes out what the CPU provider has no kernel for, by the definitions of ONNX Runtime's contrib operators:
 * NhwcConv, and GroupNorm with channels last. So the wiring around them can be run anywhere.
 */
export function writeOutChannelsLast(graph: Graph): void {
  rewriteNodes(graph, (node) => {
    if (node.op === "NhwcConv") convolutionPlain(node);
    if (node.op === "GroupNorm") groupNormPlain(node);
  });
}
