import { expect, test } from "vitest";
import { findTable, sortRows, toCsv } from "./text-table.ts";

const text = `Scores

| metric | full | no iaa |
|---|---|---|
| PSNR, dB | 21.28 (17.29 to 25.64) | 16.56 |
| SSIM | 0.92 | 0.9 |
| a \\| b | 9 | -1e-3 |

Means with intervals.`;

test("a table is found among other words, cell by cell", () => {
  expect(findTable(text)).toEqual({
    columns: ["metric", "full", "no iaa"],
    rows: [
      ["PSNR, dB", "21.28 (17.29 to 25.64)", "16.56"],
      ["SSIM", "0.92", "0.9"],
      ["a | b", "9", "-1e-3"],
    ],
  });
  expect(findTable("no table, only a | sign")).toBeUndefined();
  expect(findTable("|---|")).toBeUndefined();
});

test("numbers are sorted by value, words by the alphabet", () => {
  const { rows = [] } = findTable(text) ?? {};
  const firsts = (column: number, isDescending: boolean) =>
    sortRows(rows, column, isDescending).map(([first]) => first);
  expect(firsts(1, false)).toEqual(["SSIM", "a | b", "PSNR, dB"]);
  expect(firsts(2, true)).toEqual(["PSNR, dB", "SSIM", "a | b"]);
  expect(firsts(0, false)).toEqual(["a | b", "PSNR, dB", "SSIM"]);
});

test("an export quotes what would break a line or a cell", () => {
  const table = { columns: ["a", "b"], rows: [["1,5", 'say "hi"']] };
  expect(toCsv(table)).toBe('a,b\r\n"1,5","say ""hi"""\r\n');
});
