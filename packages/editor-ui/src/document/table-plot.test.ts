import { expect, test } from "vitest";
import { latestColumn, plotOf, pointsOf } from "./table-plot.ts";

const losses = {
  columns: ["step", "stage", "objects loss", "noise loss"],
  rows: [
    ["50", "vision", "2", ""],
    ["100", "vision", "1.5", ""],
    ["150", "editing", "", "0.4"],
    ["200", "editing", "", "0.3"],
  ],
};
const scores = {
  columns: ["variant", "PSNR, dB"],
  rows: [
    ["full", "21.3 (17.3 to 25.6)"],
    ["without IAA", "20.1 (16.0 to 24.2)"],
  ],
};

test("numbers over steps are lines; gaps stay gaps", () => {
  const plot = plotOf(losses);
  expect(plot).toEqual({ kind: "lines", axis: "step", columns: ["objects loss", "noise loss"] });
  expect(plot && pointsOf(losses, plot, "noise loss")).toEqual([
    { at: 150, value: 0.4 },
    { at: 200, value: 0.3 },
  ]);
});

test("what was written last is looked at first", () => {
  const plot = plotOf(losses);
  expect(plot && latestColumn(losses, plot)).toBe("noise loss");
  const early = { ...losses, rows: losses.rows.slice(0, 2) };
  const earlyPlot = plotOf(early);
  expect(earlyPlot && latestColumn(early, earlyPlot)).toBe("objects loss");
});

test("numbers by name are bars, with their intervals", () => {
  const plot = plotOf(scores);
  expect(plot).toMatchObject({ kind: "bars", axis: "variant", columns: ["PSNR, dB"] });
  expect(plot && pointsOf(scores, plot, "PSNR, dB")[0]).toEqual({
    ...{ at: "full", value: 21.3, low: 17.3, high: 25.6 },
  });
});

test("a table of words, or of one row, is not drawn", () => {
  expect(
    plotOf({
      columns: ["a", "b"],
      rows: [
        ["x", "y"],
        ["z", "w"],
      ],
    }),
  ).toBeUndefined();
  expect(plotOf({ columns: ["a", "b"], rows: [["x", "1"]] })).toBeUndefined();
});
