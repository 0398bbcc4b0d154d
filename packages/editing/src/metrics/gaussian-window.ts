import type { Plane } from "./plane.ts";

/** Pixels on each side of a window's middle: 3.5 standard deviations, rounded. */
export const windowRadius = 5;

const standardDeviation = 1.5;

/** Weights of the pixels at each end of a window, then further in; the middle one counts as two of half its weight. */
const pairWeights = ((): readonly number[] => {
  const bell = Array.from({ length: windowRadius + 1 }, (_, at) =>
    Math.exp(-((at - windowRadius) ** 2) / (2 * standardDeviation ** 2)),
  );
  const halved = bell.map((value, at) => (at === windowRadius ? value / 2 : value));
  const total = 2 * halved.reduce((sum, value) => sum + value, 0);
  return halved.map((value) => value / total);
})();

/** Where rows of a plane are read from and written to, and how far apart the pixels of a window lie. */
interface Walk {
  readonly rows: number;
  readonly columns: number;
  readonly stride: number;
  readonly step: number;
}

/** Weighted means of the pixels along one axis. */
function alongAxis(data: Float64Array, { rows, columns, stride, step }: Walk): Float64Array {
  const means = new Float64Array(columns * rows);
  for (let y = 0; y < rows; y++) {
    const to = y * columns;
    for (let tap = 0; tap <= windowRadius; tap++) {
      const weight = pairWeights[tap] as number;
      const near = y * stride + tap * step;
      const far = y * stride + (2 * windowRadius - tap) * step;
      for (let x = 0; x < columns; x++) {
        const pair = (data[near + x] as number) + (data[far + x] as number);
        means[to + x] = (means[to + x] as number) + weight * pair;
      }
    }
  }
  return means;
}

/**
 * Means under a Gaussian window of 11 x 11 pixels, standard deviation 1.5, wherever a whole window fits.
 * Shapes: [H, W] -> [H - 10, W - 10], nothing where no window fits
 * Source: Wang et al. 2004, section III C.
 */
export function gaussianMeans({ width, height, data }: Plane): Plane {
  const [columns, rows] = [width, height].map((side) => Math.max(0, side - 2 * windowRadius)) as [
    number,
    number,
  ];
  const narrow = alongAxis(data, { rows: height, columns, stride: width, step: 1 });
  const means = alongAxis(narrow, { rows, columns, stride: columns, step: columns });
  return { width: columns, height: rows, data: means };
}
