import { expect, test } from "vitest";
import { maskRows, plainRun, shownBy } from "../plain-run.fixture.ts";
import { maskFromRunLength } from "./from-run-length.ts";

const read = (code: string) => maskFromRunLength.run({}, { code }, plainRun);

test.each(['{"size": [2, 3], "counts": [2, 1, 1, 2]}', '{"size": [2, 3], "counts": "2111"}'])(
  "reads %s",
  async (code) => {
    const { mask } = await read(code);
    expect(maskRows(mask)).toEqual([
      [0, 255, 255],
      [0, 0, 255],
    ]);
  },
);

test.each([
  ["prose", "no"],
  ["another object", "{}"],
  ["a size of one number", '{"size": [2], "counts": [4]}'],
  ["a size of 0", '{"size": [0, 4], "counts": []}'],
  ["runs that are too short", '{"size": [2, 2], "counts": [1, 2]}'],
  ["runs below 0", '{"size": [2, 2], "counts": [5, -1]}'],
  ["a text that is cut off", '{"size": [2, 2], "counts": "Q"}'],
  ["a text of other characters", '{"size": [2, 2], "counts": "4 "}'],
  ["more pixels than fit", '{"size": [100000, 100000], "counts": [10000000000]}'],
])("refuses %s", async (_, code) => {
  await expect(shownBy(maskFromRunLength, () => read(code))).rejects.toMatchObject({
    code: "node.bad-input",
    at: { path: "params.code" },
  });
});
