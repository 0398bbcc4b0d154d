import { constant, type Graph, type Tensor } from "../../onnx/graph.ts";
import { reshape } from "../../onnx/ops/arrange.ts";
import { matmul } from "../../onnx/ops/matrix.ts";
import { reduceSum } from "../../onnx/ops/reduce.ts";
import { dimOf, sizeOf } from "../../onnx/shape.ts";
import { type GradientRule, noRule, ruleOfFirst } from "../rule.ts";

/** Bilinear weights from `size` to `size scale` samples, [size scale, size], row-major. */
function linearWeights(size: number, scale: number): Float64Array {
  const weights = new Float64Array(size * scale * size);
  for (let row = 0; row < size * scale; row++) {
    const at = Math.min(Math.max((row + 0.5) / scale - 0.5, 0), size - 1);
    const below = Math.floor(at);
    const above = Math.min(below + 1, size - 1);
    weights[row * size + below] = (weights[row * size + below] ?? 0) + 1 - (at - below);
    weights[row * size + above] = (weights[row * size + above] ?? 0) + (at - below);
  }
  return weights;
}

function transposed(values: Float64Array, rows: number, columns: number): Float64Array {
  return values.map((_, at) => values[(at % rows) * columns + Math.floor(at / rows)] ?? 0);
}

function linearMatrix(graph: Graph, size: number, scale: number, isTransposed: boolean): Tensor {
  const values = linearWeights(size, scale);
  return isTransposed
    ? constant(graph, transposed(values, size * scale, size), [size, size * scale])
    : constant(graph, values, [size * scale, size]);
}

const resizeRule = ruleOfFirst((dy, node, [source]) => {
  const x = source as Tensor;
  const [rows, channels] = [dimOf(x, 0), dimOf(x, 1)];
  const [height, width] = [sizeOf(x, 2), sizeOf(x, 3)];
  const scale = sizeOf(dy, 2) / height;
  if (!Number.isInteger(scale) || sizeOf(dy, 3) !== width * scale) {
    throw noRule(node, " by other than one whole factor");
  }
  if (node.attributes["mode"] === "linear") {
    const down = matmul(linearMatrix(x.graph, height, scale, true), dy);
    return [matmul(down, linearMatrix(x.graph, width, scale, false))];
  }
  const blocks = reshape(dy, [rows, channels, height, scale, width, scale]);
  return [reduceSum(blocks, [3, 5])];
});

/** Gradients of resizing. */
export const resizeRules: Readonly<Record<string, GradientRule>> = { Resize: resizeRule };
