import { gaussianMeans, windowRadius } from "./gaussian-window.ts";
import type { Plane } from "./plane.ts";

/** C1 and C2 of eq. 13 for values up to 255. */
const [luminanceConstant, contrastConstant] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2];

/** Means over a region; NaN where it holds no pixel with a whole window around it. */
export interface SimilarityMeans {
  /** Of luminance times contrast times structure: SSIM. */
  readonly whole: number;
  /** Of contrast times structure alone. */
  readonly contrast: number;
}

/** a² + b² and a b at each pixel. */
function secondMoments(a: Float64Array, b: Float64Array) {
  const squares = new Float64Array(a.length);
  const products = new Float64Array(a.length);
  for (let at = 0; at < a.length; at++) {
    const valueA = a[at] as number;
    const valueB = b[at] as number;
    squares[at] = valueA * valueA + valueB * valueB;
    products[at] = valueA * valueB;
  }
  return { squares, products };
}

/**
 * Structural similarity of two planes, meant over the selected pixels that a whole window surrounds.
 * Shapes: a, b, selected [H, W]
 * Source: Wang et al. 2004, "Image quality assessment: from error visibility to structural similarity", eq. 13.
 */
export function similarityMeans(a: Plane, b: Plane, selected: ArrayLike<number>): SimilarityMeans {
  const means = (data: Float64Array): Plane => gaussianMeans({ ...a, data });
  const meanA = means(a.data);
  const meanB = means(b.data);
  const moments = secondMoments(a.data, b.data);
  const squares = means(moments.squares);
  const products = means(moments.products);
  let [whole, contrast, count] = [0, 0, 0];
  for (let y = 0; y < meanA.height; y++) {
    const row = (y + windowRadius) * a.width + windowRadius;
    for (let x = 0; x < meanA.width; x++) {
      if (selected[row + x] === 0) continue;
      const at = y * meanA.width + x;
      const mA = meanA.data[at] as number;
      const mB = meanB.data[at] as number;
      const squaredMeans = mA * mA + mB * mB;
      const covariance = (products.data[at] as number) - mA * mB;
      const variances = (squares.data[at] as number) - squaredMeans;
      const structure = (2 * covariance + contrastConstant) / (variances + contrastConstant);
      const luminance = (2 * mA * mB + luminanceConstant) / (squaredMeans + luminanceConstant);
      whole += luminance * structure;
      contrast += structure;
      count++;
    }
  }
  return { whole: whole / count, contrast: contrast / count };
}
