import type { Box } from "../detector.ts";
import { wholeNumbers } from "../open-graph.ts";
import type { Place } from "../segmenter.ts";
import type { TensorValue } from "../tensor.ts";

/** How far outside of a box its background is pointed at, in shares of its sides. */
const outside = 0.05;

const floats = (values: readonly number[], shape: readonly number[]): TensorValue => ({
  dtype: "float32",
  shape,
  data: Float32Array.from(values),
});

/**
 * A box in pixels of the network's input as its graph takes it: as a box, or where it takes points alone, as the
 * box's centre, which is the object, and four points beyond its corners, which are not.
 */
export function boxPrompt(
  inputs: readonly string[],
  { left, top, right, bottom }: Box,
): Readonly<Record<string, TensorValue>> {
  if (inputs.includes("input_boxes")) {
    return {
      input_boxes: floats([left, top, right, bottom], [1, 1, 4]),
      input_points: floats([], [1, 1, 0, 2]),
      input_labels: wholeNumbers([], [1, 1, 0]),
    };
  }
  const [across, down] = [outside * (right - left), outside * (bottom - top)];
  const corners = [left - across, right + across].flatMap((x) =>
    [top - down, bottom + down].map((y) => [x, y] as const),
  );
  const points = [[(left + right) / 2, (top + bottom) / 2] as const, ...corners];
  return {
    input_points: floats(points.flat(), [1, 1, points.length, 2]),
    input_labels: wholeNumbers([1, 0, 0, 0, 0], [1, 1, points.length]),
  };
}

/** A place on the object, in pixels of the network's input, as its graph takes it. */
export function placePrompt(
  inputs: readonly string[],
  { x, y }: Place,
): Readonly<Record<string, TensorValue>> {
  return {
    input_points: floats([x, y], [1, 1, 1, 2]),
    input_labels: wholeNumbers([1], [1, 1, 1]),
    ...(inputs.includes("input_boxes") ? { input_boxes: floats([], [1, 0, 4]) } : {}),
  };
}
