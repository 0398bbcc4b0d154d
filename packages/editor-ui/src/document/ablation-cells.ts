import {
  type Ablation,
  type AblationCell,
  type AblationChoice,
  entryOf,
  expandAxes,
} from "@insightgraph/engine/graph";
import type { AblationEdit } from "./edit-ablation.ts";

/** Says which cell the others are compared with. */
export function pinBaseline(baseline: AblationChoice): AblationEdit {
  return (ablation) => ({ ...ablation, baseline });
}

function has(cell: Pick<AblationCell, "choice">, choice: AblationChoice): boolean {
  return Object.entries(choice).every(([axis, name]) => entryOf(cell.choice, axis) === name);
}

/** Whether a cell is left out. */
export function isExcluded({ exclude = [] }: Ablation, choice: AblationChoice): boolean {
  return exclude.some((entry) => has({ choice }, entry));
}

/** Leaves a cell out, or takes it in again; of an entry that covers several cells, the others stay out. */
export function toggleCell(choice: AblationChoice): AblationEdit {
  return (ablation) => {
    const { exclude = [] } = ablation;
    if (!isExcluded(ablation, choice)) return { ...ablation, exclude: [...exclude, choice] };
    const covering = exclude.filter((entry) => has({ choice }, entry));
    const others = cellsOf(ablation)
      .filter((cell) => covering.some((entry) => has(cell, entry)) && !has(cell, choice))
      .map((cell) => cell.choice);
    const left = exclude.filter((entry) => !covering.includes(entry));
    return { ...ablation, exclude: [...left, ...others] };
  };
}

/** Every cell of an ablation, those that are left out as well; none where its axes are faulty. */
export function cellsOf({ axes, combine }: Ablation): readonly AblationCell[] {
  try {
    return expandAxes({ axes, ...(combine !== undefined && { combine }) });
  } catch {
    return [];
  }
}
