import { constant, type Graph, type Tensor } from "../graph.ts";
import { sizeOf } from "../shape.ts";
import { reshape, transpose } from "./arrange.ts";
import { add } from "./elementwise.ts";
import { fusedMatmul, gemm } from "./matrix.ts";

/** Where the polynomials are evaluated, besides infinity: this choice loses half a digit to plain convolution. */
const points = [0, 2 / 3, -2 / 3, 3 / 2, -3 / 2];
const places = points.length + 1;
/** Outputs of one tile along a side. */
const tile = 4;
const taps = 3;

type Matrix = readonly (readonly number[])[];

const others = (index: number): readonly number[] => points.filter((_, at) => at !== index);

/** Coefficients of the product of x - root, lowest first. */
function polynomial(roots: readonly number[]): readonly number[] {
  let product: readonly number[] = [1];
  for (const root of roots) {
    product = [0, ...product].map((above, at) => above - root * (product[at] ?? 0));
  }
  return product;
}

const powers = (point: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, exponent) => point ** exponent);

/** B^T: six samples of a tile and its rim to six factors. */
const ofSamples: Matrix = [
  ...points.map((_, index) => [...polynomial(others(index)), 0]),
  polynomial(points),
];

/** G: three taps to six factors. */
const ofTaps: Matrix = [
  ...points.map((point, index) => {
    const scale = others(index).reduce((product, other) => product * (point - other), 1);
    return powers(point, taps).map((power) => power / scale);
  }),
  [0, 0, 1],
];

/** A: what each of the six products adds to the four outputs. */
const ofOutputs: Matrix = [...points.map((point) => powers(point, tile)), [0, 0, 0, 1]];

/** One row per place and tile, over a whole side: the tile's numbers where it lies, zeros elsewhere. */
function alongSide(graph: Graph, matrix: Matrix, side: number, before: number): Tensor {
  const tiles = Math.ceil(side / tile);
  const values = new Float64Array(places * tiles * side);
  matrix.forEach((row, place) => {
    for (let index = 0; index < tiles; index++) {
      row.forEach((value, offset) => {
        const at = index * tile + offset - before;
        if (at >= 0 && at < side) values[(place * tiles + index) * side + at] = value;
      });
    }
  });
  return constant(graph, values, [places * tiles, side]);
}

/** The taps' matrix in both directions: [36, 9]. */
function kernelMatrix(graph: Graph): Tensor {
  const values = ofTaps.flatMap((top) =>
    ofTaps.flatMap((left) => top.flatMap((a) => left.map((b) => a * b))),
  );
  return constant(graph, values, [places ** 2, taps ** 2]);
}

/**
 * A 3x3 convolution with stride 1 and padding 1 by minimal filtering F(4x4, 3x3): 36 products where the plain one
 * takes 144. It consists of matrix products alone, and so do its gradients.
 * Shapes: x [N, C, H, W], weight [O, C, 3, 3], bias [O] -> [N, O, H, W]; N must be a number
 * Source: Fast Algorithms for Convolutional Neural Networks (arXiv:1509.09308), section 4.3; the points after
 * Error Analysis and Improving the Accuracy of Winograd Convolution (arXiv:1803.10986).
 */
export function winogradConvolution(x: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  const { graph } = x;
  const [batch, channels, out] = [sizeOf(x, 0), sizeOf(x, 1), sizeOf(weight, 0)];
  const [height, width] = [sizeOf(x, 2), sizeOf(x, 3)];
  const [rows, columns] = [Math.ceil(height / tile), Math.ceil(width / tile)];
  const cells = rows * columns * batch;

  // Multiplying from the left with the other side transposed carries the pixels' axes to the front, at no cost.
  const lines = reshape(x, [batch * channels * height, width]);
  const wide = gemm(alongSide(graph, ofSamples, width, 1), lines, undefined, { transB: true });
  const turned = reshape(wide, [places * columns * batch * channels, height]);
  const both = gemm(alongSide(graph, ofSamples, height, 1), turned, undefined, { transB: true });
  const apart = reshape(both, [places, rows, places, columns * batch * channels]);
  const factors = reshape(transpose(apart, [0, 2, 1, 3]), [places ** 2, cells, channels]);

  const flat = reshape(weight, [out * channels, taps ** 2]);
  const kernel = gemm(kernelMatrix(graph), flat, undefined, { transB: true });
  const kernels = reshape(kernel, [places ** 2, out, channels]);
  const product = fusedMatmul(factors, kernels, { transB: true });
  const products = reshape(product, [places, places, rows, columns * batch * out]);

  const tall = reshape(transpose(products, [0, 2, 1, 3]), [
    places * rows,
    places * columns * batch * out,
  ]);
  const high = gemm(tall, alongSide(graph, ofOutputs, height, 0), undefined, { transA: true });
  const across = reshape(high, [places * columns, batch * out * height]);
  const y = gemm(across, alongSide(graph, ofOutputs, width, 0), undefined, { transA: true });
  const picture = reshape(y, [batch, out, height, width]);
  return bias === undefined ? picture : add(picture, reshape(bias, [out, 1, 1]));
}
