import type { Plane } from "./plane.ts";

/** Pixels on each side of a window's middle: 3.5 standard deviations, rounded. */
export const windowRadius = 5;

const standardDeviation = 1.5;
const windowSide = 2 * windowRadius + 1;

const weights = ((): readonly number[] => {
  const bell = Array.from({ length: windowSide }, (_, at) =>
    Math.exp(-((at - windowRadius) ** 2) / (2 * standardDeviation ** 2)),
  );
  const total = bell.reduce((sum, value) => sum + value, 0);
  return bell.map((value) => value / total);
})();

function alongRows({ width, height, data }: Plane): Plane {
  const columns = width - 2 * windowRadius;
  const means = new Float64Array(columns * height);
  for (let y = 0; y < height; y++) {
    for (let tap = 0; tap < windowSide; tap++) {
      const weight = weights[tap] as number;
      const [from, to] = [y * width + tap, y * columns];
      for (let x = 0; x < columns; x++) {
        means[to + x] = (means[to + x] as number) + weight * (data[from + x] as number);
      }
    }
  }
  return { width: columns, height, data: means };
}

function alongColumns({ width, height, data }: Plane): Plane {
  const rows = height - 2 * windowRadius;
  const means = new Float64Array(width * rows);
  for (let y = 0; y < rows; y++) {
    for (let tap = 0; tap < windowSide; tap++) {
      const weight = weights[tap] as number;
      const [from, to] = [(y + tap) * width, y * width];
      for (let x = 0; x < width; x++) {
        means[to + x] = (means[to + x] as number) + weight * (data[from + x] as number);
      }
    }
  }
  return { width, height: rows, data: means };
}

/**
 * Means under a Gaussian window of 11 x 11 pixels, standard deviation 1.5, wherever a whole window fits.
 * Shapes: [H, W] -> [H - 10, W - 10]
 * Source: Wang et al. 2004, section III C.
 */
export function gaussianMeans(plane: Plane): Plane {
  return alongColumns(alongRows(plane));
}
