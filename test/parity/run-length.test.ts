import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { boxOfMask, toBox } from "../../packages/editing/src/pictures/mask-box.ts";
import type { Mask } from "../../packages/editing/src/pictures/picture.ts";
import {
  decodeRunLength,
  encodeRunLength,
  runsOf,
} from "../../packages/editing/src/pictures/run-length.ts";

interface Case {
  readonly size: readonly [number, number];
  readonly counts: string;
  readonly runs: readonly number[];
  /** [x, y, width, height] */
  readonly box: readonly number[];
  /** A digit a pixel; a single row stands for all. */
  readonly rows: readonly string[];
}

const file = new URL("../fixtures/parity/run-length/masks.json", import.meta.url);
const cases: Readonly<Record<string, Case>> = JSON.parse(await readFile(file, "utf8")).cases;

function maskOf({ size: [height, width], rows }: Case): Mask {
  const digits = Array.from({ length: height }, (_, row) => rows[row] ?? rows[0] ?? "").join("");
  return { width, height, data: Uint8Array.from(digits, (digit) => 255 * Number(digit)) };
}

test.each(Object.entries(cases))(
  "%s: both codes and the box as pycocotools writes them",
  (_, one) => {
    const mask = maskOf(one);
    const { size, counts, runs } = one;
    expect(encodeRunLength(mask)).toEqual({ size, counts });
    expect(runsOf(mask)).toEqual(runs);
    expect(decodeRunLength({ size, counts })).toEqual(mask);
    expect(decodeRunLength({ size, counts: runs })).toEqual(mask);
    const box = boxOfMask(mask);
    expect(box === undefined ? [0, 0, 0, 0] : toBox(box, "xywh")).toEqual(one.box);
  },
);
