import type { AblationSummary } from "@insightgraph/engine/server";
import type { ScoredItems } from "../ablation-report.ts";

/** How many results there are, of how many. */
export function countsOf({
  variants,
  items,
}: ScoredItems): Pick<AblationSummary, "total" | "done" | "failed"> {
  const outcomes = items.flatMap((row) => row.outcomes);
  return {
    total: variants.length * items.length,
    done: outcomes.filter(({ result }) => result !== undefined).length,
    failed: outcomes.filter(({ failure }) => failure !== undefined).length,
  };
}
