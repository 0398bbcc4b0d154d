import type { ReactNode } from "react";
import { latestColumn, plotOf, pointsOf, type TablePlot } from "../document/table-plot.ts";
import type { TextTable } from "../document/text-table.ts";
import { words } from "../messages/messages.ts";

const width = 200;
const height = 64;

/** What grows in a table, as a line without axes; the sheet of tables draws it with them. */
export function NodeCurve({ table }: { readonly table: TextTable }): ReactNode {
  const plot = plotOf(table);
  return plot?.kind === "lines" ? <Curve table={table} plot={plot} /> : null;
}

function Curve({
  table,
  plot,
}: {
  readonly table: TextTable;
  readonly plot: TablePlot;
}): ReactNode {
  const name = latestColumn(table, plot);
  const points = pointsOf(table, plot, name);
  const values = points.map(({ value }) => value);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const first = Number(points[0]?.at);
  const extent = Number(points.at(-1)?.at) - first || 1;
  const path = points
    .map(({ at, value }) => {
      const x = ((Number(at) - first) / extent) * width;
      const y = height - ((value - least) / (most - least || 1)) * (height - 8) - 4;
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(" ");
  return (
    <figure className="node-curve">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={words.plotOf(name, plot.axis)}>
        <polyline points={path} />
      </svg>
      <figcaption>
        {name} <strong>{values.at(-1)}</strong>
      </figcaption>
    </figure>
  );
}
