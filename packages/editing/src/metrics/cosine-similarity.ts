/** Cosine of the angle between two vectors; NaN where one has no length. Shapes: a, b [P] */
export function cosineSimilarity(a: Float32Array, b: Float32Array): number {
  let [product, squaresA, squaresB] = [0, 0, 0];
  for (let at = 0; at < a.length; at++) {
    const [valueA, valueB] = [a[at] as number, b[at] as number];
    product += valueA * valueB;
    squaresA += valueA * valueA;
    squaresB += valueB * valueB;
  }
  return product / Math.sqrt(squaresA * squaresB);
}
