import { type ReactNode, useCallback, useState } from "react";
import {
  latestColumn,
  type PlotPoint,
  plotOf,
  pointsOf,
  type TablePlot,
} from "../document/table-plot.ts";
import type { TextTable } from "../document/text-table.ts";
import { words } from "../messages/messages.ts";
import { DrawnPlot, type PlotLibrary } from "./drawn-plot.tsx";

/** A column of a table, drawn over the first one; absent where a table holds nothing to draw. */
export function TableChart({ table }: { readonly table: TextTable }): ReactNode {
  const plot = plotOf(table);
  const [chosen, setChosen] = useState<string>();
  if (plot === undefined) return null;
  const first = plot.kind === "lines" ? latestColumn(table, plot) : plot.columns[0];
  const name = plot.columns.find((column) => column === chosen) ?? first ?? "";
  return (
    <div className="table-chart">
      {plot.columns.length > 1 && (
        <select
          className="field field-choice"
          aria-label={words.plottedColumn}
          value={name}
          onChange={({ target }) => setChosen(target.value)}
        >
          {plot.columns.map((column) => (
            <option key={column}>{column}</option>
          ))}
        </select>
      )}
      <Chart plot={plot} name={name} points={pointsOf(table, plot, name)} />
    </div>
  );
}

interface ChartProps {
  readonly plot: TablePlot;
  readonly name: string;
  readonly points: readonly PlotPoint[];
}

function Chart({ plot, name, points }: ChartProps): ReactNode {
  const draw = useCallback(
    (library: PlotLibrary) =>
      plot.kind === "lines"
        ? drawLines(library, plot, name, points)
        : drawBars(library, name, points),
    [plot, name, points],
  );
  return <DrawnPlot label={words.plotOf(name, plot.axis)} draw={draw} />;
}

const colour = "var(--accent)";

function drawLines(
  { plot, line, dot }: PlotLibrary,
  { axis }: TablePlot,
  name: string,
  points: readonly PlotPoint[],
): Element {
  return plot({
    ...{ width: 640, height: 260, marginLeft: 56 },
    x: { label: axis },
    y: { label: name, grid: true, nice: true },
    marks: [
      line(points, { x: "at", y: "value", stroke: colour }),
      dot(points, { x: "at", y: "value", fill: colour, r: 2, tip: true }),
    ],
  });
}

function drawBars(
  { plot, axisX, barX, gridX, ruleX, ruleY }: PlotLibrary,
  name: string,
  points: readonly PlotPoint[],
): Element {
  const intervals = points.filter(({ low }) => low !== undefined);
  return plot({
    ...{ width: 640, height: 60 + 26 * points.length, marginLeft: 160 },
    x: { label: name, nice: true },
    y: { label: null, domain: points.map(({ at }) => at) },
    marks: [
      axisX(),
      gridX(),
      barX(points, { x: "value", y: "at", fill: colour, fillOpacity: 0.5 }),
      ruleY(intervals, { x1: "low", x2: "high", y: "at", stroke: "currentColor" }),
      ruleX([0]),
    ],
  });
}
