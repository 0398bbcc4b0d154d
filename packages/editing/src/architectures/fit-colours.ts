import type { LatentColours } from "./latent.ts";

/** Solves A x = b for each column of b, A symmetric and positive; both are overwritten. */
function solve(a: readonly Float64Array[], b: readonly Float64Array[]): void {
  const size = a.length;
  for (let pivot = 0; pivot < size; pivot++) {
    const [row, value] = [a[pivot], b[pivot]];
    const scale = row?.[pivot] ?? 1;
    for (let other = 0; other < size; other++) {
      const [into, valueInto] = [a[other], b[other]];
      if (other === pivot || row === undefined || into === undefined) continue;
      const share = (into[pivot] ?? 0) / scale;
      for (let at = pivot; at < size; at++) into[at] = (into[at] ?? 0) - share * (row[at] ?? 0);
      value?.forEach((entry, at) => {
        if (valueInto !== undefined) valueInto[at] = (valueInto[at] ?? 0) - share * entry;
      });
    }
    value?.forEach((entry, at) => {
      value[at] = entry / scale;
    });
    row?.forEach((entry, at) => {
      row[at] = entry / scale;
    });
  }
}

interface Planes {
  /** [C, height, width] */
  readonly values: Float32Array;
  readonly height: number;
  readonly width: number;
}

/** Mean colour of the square of pixels under each latent pixel. Shapes: -> [3, h, w] */
function shrink({ values, height, width }: Planes, to: Planes): Float32Array {
  const [stepY, stepX] = [height / to.height, width / to.width];
  return Float32Array.from({ length: 3 * to.height * to.width }, (_, at) => {
    const colour = Math.floor(at / (to.height * to.width));
    const top = Math.floor((Math.floor(at / to.width) % to.height) * stepY);
    const left = Math.floor((at % to.width) * stepX);
    const [rows, columns] = [Math.max(1, Math.floor(stepY)), Math.max(1, Math.floor(stepX))];
    let sum = 0;
    for (let y = top; y < top + rows; y++) {
      for (let x = left; x < left + columns; x++) {
        sum += values[(colour * height + y) * width + x] ?? 0;
      }
    }
    return sum / (rows * columns);
  });
}

/**
 * Fits a linear map from latent pixels to colours, from a picture and its latent, so that latents of any autoencoder can
 * be previewed without decoding. Least squares with a small ridge term.
 */
export function fitColours(latent: Planes, pixels: Planes): LatentColours {
  const area = latent.height * latent.width;
  const channels = latent.values.length / area;
  const colours = shrink(pixels, latent);
  const feature = (channel: number, at: number): number =>
    channel === channels ? 1 : (latent.values[channel * area + at] ?? 0);
  const sums = (width: number, term: (row: number, column: number, at: number) => number) =>
    Array.from({ length: channels + 1 }, (_, row) =>
      Float64Array.from({ length: width }, (_, column) => {
        let sum = 0;
        for (let at = 0; at < area; at++) sum += term(row, column, at);
        return sum;
      }),
    );
  const squares = sums(channels + 1, (row, column, at) => feature(row, at) * feature(column, at));
  squares.forEach((row, at) => {
    row[at] = (row[at] ?? 0) + 1e-3 * area;
  });
  const fitted = sums(
    3,
    (row, colour, at) => feature(row, at) * (colours[colour * area + at] ?? 0),
  );
  solve(squares, fitted);
  return {
    patch: 1,
    weight: Float32Array.from(fitted.slice(0, channels).flatMap((row) => [...row])),
    bias: Float32Array.from(fitted[channels] ?? []),
  };
}
