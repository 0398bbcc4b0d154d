import type { Values } from "../onnx/run-graph.fixture.ts";

/** A matrix as rows: one batch row's tokens. */
export type Rows = readonly (readonly number[])[];

export function rowsOf(flat: ArrayLike<number>, width: number): Rows {
  return Array.from({ length: flat.length / width }, (_, row) =>
    Array.from({ length: width }, (_, at) => flat[row * width + at] ?? Number.NaN),
  );
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? Number.NaN), 0);

export function plus(a: Rows, b: Rows): Rows {
  return a.map((row, y) => row.map((value, x) => value + (b[y]?.[x] ?? Number.NaN)));
}

export const times = (a: Rows, factor: number): Rows =>
  a.map((row) => row.map((value) => value * factor));

/** The error function by its power series, good to 1e-12 below 4. */
function erf(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; n < 120; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
export const gelu = (x: number): number => (x * (1 + erf(x / Math.SQRT2))) / 2;
export const silu = (x: number): number => x * sigmoid(x);
export const relu = (x: number): number => Math.max(0, x);
export const each = (rows: Rows, f: (x: number) => number): Rows => rows.map((row) => row.map(f));

function softmax(row: readonly number[]): readonly number[] {
  const top = Math.max(...row);
  const raised = row.map((value) => Math.exp(value - top));
  const sum = raised.reduce((a, b) => a + b, 0);
  return raised.map((value) => value / sum);
}

/** Multi-head attention over one batch row; `sees` says which key a query may read. */
export function plainAttend(
  query: Rows,
  key: Rows,
  value: Rows,
  heads: number,
  sees: (query: number, key: number) => boolean = () => true,
): Rows {
  const depth = (query[0]?.length ?? 0) / heads;
  const headOf = (row: readonly number[] = [], head = 0): readonly number[] =>
    row.slice(head * depth, (head + 1) * depth);
  return query.map((q, at) =>
    Array.from({ length: heads }, (_, head) => {
      const scores = key.map((k, other) =>
        sees(at, other)
          ? dot(headOf(q, head), headOf(k, head)) / Math.sqrt(depth)
          : Number.NEGATIVE_INFINITY,
      );
      const shares = softmax(scores);
      return Array.from({ length: depth }, (_, i) =>
        shares.reduce(
          (sum, share, other) => sum + share * (value[other]?.[head * depth + i] ?? 0),
          0,
        ),
      );
    }).flat(),
  );
}

export interface PlainLayers {
  /** With a bias where the weights have one. */
  linear(path: string, x: Rows): Rows;
  layerNorm(path: string, x: Rows, epsilon?: number): Rows;
  rmsNorm(path: string, x: Rows): Rows;
}

/** Layers in double precision over weights by path, written without the package's own operators. */
export function plainLayers(weights: Values): PlainLayers {
  const get = (path: string): ArrayLike<number> => {
    const found = weights[path];
    if (found === undefined) throw new RangeError(`no weight ${path}`);
    return found;
  };
  return {
    linear(path, x) {
      const rows = rowsOf(get(`${path}.weight`), x[0]?.length ?? 0);
      const bias = weights[`${path}.bias`];
      return x.map((row) => rows.map((one, at) => dot(row, one) + (bias?.[at] ?? 0)));
    },
    layerNorm(path, x, epsilon = 1e-5) {
      const [scale, shift] = [get(`${path}.weight`), get(`${path}.bias`)];
      return x.map((row) => {
        const mean = row.reduce((a, b) => a + b, 0) / row.length;
        const variance = row.reduce((sum, v) => sum + (v - mean) ** 2, 0) / row.length;
        const deviation = Math.sqrt(variance + epsilon);
        return row.map((v, at) => ((v - mean) / deviation) * (scale[at] ?? 0) + (shift[at] ?? 0));
      });
    },
    rmsNorm(path, x) {
      const scale = get(`${path}.weight`);
      return x.map((row) => {
        const root = Math.sqrt(dot(row, row) / row.length + 1e-6);
        return row.map((v, at) => (v / root) * (scale[at] ?? 0));
      });
    },
  };
}

/** The greatest difference between a flat result and rows. */
export function farthest(found: ArrayLike<number>, wanted: readonly Rows[] | Rows): number {
  const flat = wanted.flat(2) as readonly number[];
  if (found.length !== flat.length) return Number.POSITIVE_INFINITY;
  return flat.reduce((worst, value, at) => {
    return Math.max(worst, Math.abs((found[at] ?? Number.NaN) - value));
  }, 0);
}
