import { type ReactNode, useEffect, useRef } from "react";
import type { AblationTable } from "../../connection/ablations-client.ts";
import { words } from "../../messages/messages.ts";

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
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let isCurrent = true;
    const scores = table.cells.filter((cell) => cell.metric === metric && cell.mean !== null);
    void import("@observablehq/plot").then((Plot) => {
      if (!isCurrent) return;
      const drawn = Plot.plot({
        marginLeft: 150,
        width: 420,
        height: 60 + 26 * table.ablation.variants.length,
        ariaLabel: words.intervalPlot(metric),
        x: { label: metric, grid: true, nice: true },
        y: { label: null, domain: table.ablation.variants },
        marks: [
          Plot.ruleY(scores, {
            ...{ x1: "low", x2: "high", y: "variant" },
            ...{ stroke: "var(--accent)", strokeWidth: 2 },
          }),
          Plot.dot(scores, { x: "mean", y: "variant", fill: "var(--accent)", r: 4 }),
        ],
      });
      // The frame says what is drawn; its parts have no role to bear names.
      for (const part of drawn.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label");
      frame.current?.replaceChildren(drawn);
    });
    return () => {
      isCurrent = false;
    };
  }, [table, metric]);
  return (
    <div ref={frame} className="interval-plot" role="img" aria-label={words.intervalPlot(metric)} />
  );
}
