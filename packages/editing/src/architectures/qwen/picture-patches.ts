import type { QwenVisionConfig, TensorValue } from "@insightgraph/models";
import type { Picture } from "../../pictures/picture.ts";

/** Patches down and across. */
export interface PatchGrid {
  readonly rows: number;
  readonly columns: number;
}

type Patching = Pick<QwenVisionConfig, "patchSize" | "frames" | "merge" | "grid">;

/** Rows and columns of all patches, square of patches by square. */
function placesOf({ rows, columns }: PatchGrid, merge: number): readonly (readonly number[])[] {
  const [across, size] = [columns / merge, merge * merge];
  return Array.from({ length: rows * columns }, (_, at) => {
    const square = Math.floor(at / size);
    const inside = at % size;
    return [
      Math.floor(square / across) * merge + Math.floor(inside / merge),
      (square % across) * merge + (inside % merge),
    ];
  });
}

/** The two places of a learnt side between which a patch lies, and how near it is to the second. */
function between(at: number, count: number, side: number): readonly [number, number, number] {
  const place = count === 1 ? 0 : (at * (side - 1)) / (count - 1);
  const low = Math.min(Math.floor(place), side - 1);
  return [low, Math.min(low + 1, side - 1), place - low];
}

/**
 * Where the patches of a picture lie: their rows and columns, and the learnt places around each with their shares.
 * Shapes: -> corners and shares [P, 4], positions [P, 2]
 * Source: transformers' Qwen3VLVisionModel: bilinear, corners aligned.
 */
export function patchPlaces(
  patches: PatchGrid,
  { merge, grid }: Pick<Patching, "merge" | "grid">,
): Readonly<Record<"corners" | "shares" | "positions", TensorValue>> {
  const places = placesOf(patches, merge);
  const taps = places.map(([row = 0, column = 0]) => {
    const [top, bottom, down] = between(row, patches.rows, grid);
    const [left, right, over] = between(column, patches.columns, grid);
    return {
      corners: [top, bottom].flatMap((y) => [y * grid + left, y * grid + right]),
      shares: [1 - down, down].flatMap((y) => [y * (1 - over), y * over]),
    };
  });
  const count = places.length;
  return {
    corners: {
      dtype: "int64",
      shape: [count, 4],
      data: BigInt64Array.from(taps.flatMap(({ corners }) => corners.map(BigInt))),
    },
    shares: {
      dtype: "float32",
      shape: [count, 4],
      data: Float32Array.from(taps.flatMap(({ shares }) => shares)),
    },
    positions: { dtype: "float32", shape: [count, 2], data: Float32Array.from(places.flat()) },
  };
}

/** How colours are scaled before the tower sees them. */
export interface PixelScaling {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/**
 * A picture whose sides are whole squares of patches, as patches: colour by colour, the single picture repeated for each frame.
 * Shapes: -> [P, 3 frames p p]
 */
export function patchesOf(
  { width, height, data }: Picture,
  { patchSize, frames, merge }: Omit<Patching, "grid">,
  { mean, deviation }: PixelScaling,
): TensorValue {
  const places = placesOf({ rows: height / patchSize, columns: width / patchSize }, merge);
  const area = patchSize * patchSize;
  const values = new Float32Array(places.length * 3 * frames * area);
  places.forEach(([row = 0, column = 0], patch) => {
    for (let at = 0; at < 3 * frames * area; at++) {
      const [colour, inside] = [Math.floor(at / (frames * area)), at % area];
      const y = row * patchSize + Math.floor(inside / patchSize);
      const x = column * patchSize + (inside % patchSize);
      const value = (data[(y * width + x) * 3 + colour] ?? 0) / 255;
      values[patch * 3 * frames * area + at] =
        (value - (mean[colour] ?? 0)) / (deviation[colour] ?? 1);
    }
  });
  return { dtype: "float32", shape: [places.length, 3 * frames * area], data: values };
}
