import type { Graph, OnnxNode, Shape } from "../../../../packages/models/src/onnx/graph.ts";

/** Sizes of a graph's named axes. */
type Sizes = Readonly<Record<string, number>>;

/** Axes made of others are named by their product, such as `N*64`. */
function sizeOf(dim: Shape[number], sizes: Sizes): number {
  if (typeof dim === "number") return dim;
  return dim.split("*").reduce((product, name) => {
    const size = sizes[name] ?? Number(name);
    if (Number.isNaN(size)) throw new RangeError(`the size of ${name} is not given`);
    return product * size;
  }, 1);
}

const countOf = (shape: Shape = [], sizes: Sizes): number =>
  shape.reduce<number>((product, dim) => product * sizeOf(dim, sizes), 1);

/** Multiplications and additions behind one number of the output. */
function flopsEach({ op, inputs }: OnnxNode, sizes: Sizes): number {
  const [left, right] = inputs;
  if (op === "Conv") return 2 * countOf(right?.shape.slice(1), sizes);
  if (op === "MatMul" || op === "Gemm") return 2 * countOf(left?.shape.slice(-1), sizes);
  return 0;
}

/**
 * Floating-point operations of a graph before it is lowered: two for each multiply-add of its convolutions and matrix
 * products, attention's among them; all else is below a hundredth. Throws RangeError where an axis has no size.
 */
export function countFlops({ nodes }: Graph, sizes: Sizes): number {
  return nodes.reduce(
    (sum, node) => sum + flopsEach(node, sizes) * countOf(node.outputs[0]?.shape, sizes),
    0,
  );
}
