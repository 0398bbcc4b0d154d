import { type ReactNode, useCallback } from "react";
import type { AblationTable } from "../../connection/ablations-client.ts";
import { words } from "../../messages/messages.ts";
import { DrawnPlot, type PlotLibrary } from "../drawn-plot.tsx";

/** For each metric the variants' means with their intervals. */
export function IntervalPlots({ table }: { readonly table: AblationTable }): ReactNode {
  return (
    <section aria-label={words.intervals}>
      <h3 className="ablation-heading">{words.intervals}</h3>
      <div className="interval-plots">
        {table.metrics.map((metric) => (
          <IntervalPlot key={metric} table={table} metric={metric} />
        ))}
      </div>
    </section>
  );
}

function IntervalPlot({ table, metric }: { readonly table: AblationTable; metric: string }) {
  const draw = useCallback(
    ({ plot, ruleY, dot }: PlotLibrary) => {
      const scores = table.cells.filter((cell) => cell.metric === metric && cell.mean !== null);
      return plot({
        ...{ marginLeft: 150, width: 420, height: 60 + 26 * table.ablation.variants.length },
        x: { label: metric, grid: true, nice: true },
        y: { label: null, domain: table.ablation.variants },
        marks: [
          ruleY(scores, {
            ...{ x1: "low", x2: "high", y: "variant" },
            ...{ stroke: "var(--accent)", strokeWidth: 2 },
          }),
          dot(scores, { x: "mean", y: "variant", fill: "var(--accent)", r: 4 }),
        ],
      });
    },
    [table, metric],
  );
  return <DrawnPlot className="interval-plot" label={words.intervalPlot(metric)} draw={draw} />;
}
