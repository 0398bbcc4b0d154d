import { unfitArgument } from "../errors.ts";
import type { Mask } from "./picture.ts";
import { maxMegapixels } from "./pixel-limit.ts";
import { packRuns, unpackRuns } from "./run-length-text.ts";

/** A mask as COCO writes it: lengths of runs of 0 and 1 in turn, down the columns from left to right, the first of 0. */
export interface RunLengthMask {
  readonly size: readonly [height: number, width: number];
  /** The runs as COCO's compressed text, or as plain numbers. */
  readonly counts: string | readonly number[];
}

function fault(what: string): Error {
  const hint = 'Give COCO\'s form: { "size": [height, width], "counts": text or list of numbers }.';
  return unfitArgument("code", what, hint);
}

/** Lists of columns by row or of rows by column, in one pair of arrays. */
interface Lists {
  /** Last entry of each list, or -1. */
  readonly last: Int32Array;
  readonly previous: Int32Array;
  readonly values: Int32Array;
}

/**
 * Where each row of a mask differs from the row above it: the columns, by row.
 * Shapes: runs down the columns of [height, width] -> at most two entries a column and run
 */
function changesOf(runs: readonly number[], height: number, width: number): Lists {
  const most = runs.length + 2 * width + 2;
  const lists = {
    last: new Int32Array(height).fill(-1),
    previous: new Int32Array(most),
    values: new Int32Array(most),
  };
  let count = 0;
  const add = (row: number, column: number): void => {
    lists.values[count] = column;
    lists.previous[count] = lists.last[row] as number;
    lists.last[row] = count++;
  };
  let start = 0;
  for (let at = 0; at < runs.length; at++) {
    const end = start + (runs[at] as number);
    if (at % 2 === 1 && end > start) {
      const lastColumn = Math.floor((end - 1) / height);
      for (let column = Math.floor(start / height); column <= lastColumn; column++) {
        const top = column * height;
        add(Math.max(start - top, 0), column);
        if (end - top < height) add(end - top, column);
      }
    }
    start = end;
  }
  return lists;
}

/** The columns between which a mask is set, the second one excluded. */
function extentOf(runs: readonly number[], height: number, width: number): [number, number] {
  const isEven = runs.length % 2 === 0;
  const after = isEven ? 0 : (runs.at(-1) ?? 0);
  return [Math.floor((runs[0] ?? 0) / height), width - Math.floor(after / height)];
}

/** Throws: argument.unfit at `code`. */
function requireSize([height, width]: readonly number[]): { height: number; width: number } {
  const isSide = (side: number | undefined): side is number =>
    Number.isSafeInteger(side) && Number(side) > 0;
  if (!isSide(height) || !isSide(width)) throw fault("its size is not [height, width].");
  const limit = maxMegapixels();
  if (height * width <= limit * 1e6) return { height, width };
  throw unfitArgument(
    "code",
    `the mask has ${width} x ${height} pixels, over ${limit} megapixels.`,
    "Scale it down first, or set INSIGHTGRAPH_MAX_MEGAPIXELS.",
  );
}

/**
 * Paints a mask from its runs. Each row is a copy of the one above but for the columns where a run begins or ends, so that
 * memory is walked in order.
 * Throws: argument.unfit at `code` where the runs do not cover the size.
 */
export function decodeRunLength({ size, counts }: RunLengthMask): Mask {
  const { height, width } = requireSize(size);
  const runs = typeof counts === "string" ? unpackRuns(counts) : counts;
  if (runs === undefined || !runs.every((run) => Number.isSafeInteger(run) && run >= 0)) {
    throw fault("its counts are not lengths of runs.");
  }
  const covered = runs.reduce((sum, run) => sum + run, 0);
  if (covered !== height * width) {
    throw fault(`its runs cover ${covered} pixels of ${height * width}.`);
  }
  const { last, previous, values } = changesOf(runs, height, width);
  const data = new Uint8Array(height * width);
  const [left, right] = extentOf(runs, height, width);
  let setInRow = 0;
  for (let row = 0; row < height; row++) {
    const start = row * width;
    // Memory that is never written is never fetched: outside of an object it stays as it came, zero.
    if (setInRow > 0) {
      data.copyWithin(start + left, start + left - width, start + right - width);
    }
    for (let at = last[row] as number; at >= 0; at = previous[at] as number) {
      const place = start + (values[at] as number);
      const value = 255 - (data[place] as number);
      data[place] = value;
      setInRow += value === 0 ? -1 : 1;
    }
  }
  return { width, height, data };
}

/** The rows at which each column changes, from the bottom up; pixels from 128 on are set. */
function changesInColumns({ width, height, data }: Mask): Lists {
  const last = new Int32Array(width).fill(-1);
  const previous: number[] = [];
  const values: number[] = [];
  for (let row = height - 1; row >= 0; row--) {
    const start = row * width;
    for (let column = 0; column < width; column++) {
      const above = row === 0 ? 0 : (data[start - width + column] as number);
      if (((data[start + column] as number) ^ above) < 128) continue;
      previous.push(last[column] as number);
      last[column] = values.push(row) - 1;
    }
  }
  return { last, previous: Int32Array.from(previous), values: Int32Array.from(values) };
}

/** The runs of a mask down its columns; pixels from 128 on are set. */
export function runsOf(mask: Mask): readonly number[] {
  const { width, height } = mask;
  const { last, previous, values } = changesInColumns(mask);
  const runs: number[] = [];
  let [start, isSet] = [0, false];
  const change = (place: number): void => {
    runs.push(place - start);
    start = place;
    isSet = !isSet;
  };
  for (let column = 0; column < width; column++) {
    const at = last[column] as number;
    // A run goes on from the foot of a column to the head of the next one.
    const isSetAtTop = at >= 0 && values[at] === 0;
    if (isSetAtTop !== isSet) change(column * height);
    let next = isSetAtTop ? (previous[at] as number) : at;
    for (; next >= 0; next = previous[next] as number) {
      change(column * height + (values[next] as number));
    }
  }
  runs.push(width * height - start);
  return runs;
}

/** A mask in COCO's compressed form. */
export function encodeRunLength(mask: Mask): RunLengthMask & { readonly counts: string } {
  return { size: [mask.height, mask.width], counts: packRuns(runsOf(mask)) };
}

/** Reads a run-length mask from JSON. Throws: argument.unfit at `code`. */
export function parseRunLength(value: unknown): RunLengthMask {
  const { size, counts } = Object(value) as Partial<RunLengthMask>;
  const isList = Array.isArray(counts);
  if (!Array.isArray(size) || size.length !== 2 || !(isList || typeof counts === "string")) {
    throw fault("this is no run-length mask.");
  }
  return { size: [Number(size[0]), Number(size[1])], counts };
}
