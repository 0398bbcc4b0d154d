import { type ReactNode, useEffect, useRef, useState } from "react";
import {
  latestColumn,
  type PlotPoint,
  plotOf,
  pointsOf,
  type TablePlot,
} from "../document/table-plot.ts";
import type { TextTable } from "../document/text-table.ts";
import { words } from "../messages/messages.ts";

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

/** The library is loaded when the first chart is drawn. */
function Chart({ plot, name, points }: ChartProps): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let isCurrent = true;
    void draw({ plot, name, points }).then((drawn) => {
      if (isCurrent) frame.current?.replaceChildren(drawn);
    });
    return () => {
      isCurrent = false;
    };
  }, [plot, name, points]);
  return <div ref={frame} role="img" aria-label={words.plotOf(name, plot.axis)} />;
}

async function draw({ plot, name, points }: ChartProps): Promise<Element> {
  const {
    plot: draw,
    axisX,
    barX,
    dot,
    gridX,
    line,
    ruleX,
    ruleY,
  } = await import("@observablehq/plot");
  const colour = "var(--accent)";
  const intervals = points.filter(({ low }) => low !== undefined);
  const drawn =
    plot.kind === "lines"
      ? draw({
          ...{ width: 640, height: 260, marginLeft: 56 },
          x: { label: plot.axis },
          y: { label: name, grid: true, nice: true },
          marks: [
            line(points, { x: "at", y: "value", stroke: colour }),
            dot(points, { x: "at", y: "value", fill: colour, r: 2, tip: true }),
          ],
        })
      : draw({
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
  // The frame says what is drawn; its parts have no role to bear names.
  for (const part of drawn.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label");
  return drawn;
}
