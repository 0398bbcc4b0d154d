import type { Picture } from "@insightgraph/editing/pictures";
import { expect, test } from "vitest";
import { plainRun } from "../plain-run.fixture.ts";
import { imageCompare } from "./compare.ts";

function flat(width: number, height: number, value: number): Picture {
  return { width, height, channels: 3, data: new Uint8Array(width * height * 3).fill(value) };
}

/** Red of each pixel, a row a line. */
function rows({ width, data }: Picture): number[][] {
  const red = [...data].filter((_, i) => i % 3 === 0);
  return Array.from({ length: red.length / width }, (_, y) =>
    red.slice(y * width, (y + 1) * width),
  );
}

test("sets both side by side with a gap", async () => {
  const { image } = await imageCompare.run(
    { before: flat(2, 1, 10), after: flat(1, 1, 20) },
    { gap: 1 },
    plainRun,
  );
  expect(rows(image)).toEqual([[10, 10, 255, 20]]);
});

test("centres the lower one on white", async () => {
  const { image } = await imageCompare.run(
    { before: flat(1, 3, 10), after: flat(2, 1, 20) },
    { gap: 0 },
    plainRun,
  );
  expect(rows(image)).toEqual([
    [10, 255, 255],
    [10, 20, 20],
    [10, 255, 255],
  ]);
});
