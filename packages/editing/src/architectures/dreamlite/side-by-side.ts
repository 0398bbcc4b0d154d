/** Two latents next to each other, the first on the left. Shapes: [C, h, w] twice -> [C, h, 2 w] */
export function sideBySide(left: Float32Array, right: Float32Array, width: number): Float32Array {
  const both = new Float32Array(2 * left.length);
  for (let at = 0; at < left.length; at += width) {
    both.set(left.subarray(at, at + width), 2 * at);
    both.set(right.subarray(at, at + width), 2 * at + width);
  }
  return both;
}

/** The left one of two latents next to each other. Shapes: [.., 2 w] -> [.., w] */
export function leftHalf(both: Float32Array, width: number): Float32Array {
  const left = new Float32Array(both.length / 2);
  for (let at = 0; at < left.length; at += width) {
    left.set(both.subarray(2 * at, 2 * at + width), at);
  }
  return left;
}
