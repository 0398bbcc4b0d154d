import type { TrainingRecipe } from "./recipe.ts";
import type { TrainingLogEntry } from "./training-log.ts";

function duration(ms: number): string {
  return ms < 3_600_000 ? `${Math.ceil(ms / 60_000)} min` : `${(ms / 3_600_000).toFixed(1)} h`;
}

/** One line: how far, the losses, how fast, and the time left of the stage. */
export function describeEntry(
  { stage, step, msPerStep, losses }: TrainingLogEntry,
  { steps, batch }: Pick<TrainingRecipe, "steps" | "batch">,
): string {
  const shown = Object.entries(losses).map(([name, value]) => `${name} ${value.toFixed(3)}`);
  const rate = ((1000 * batch) / msPerStep).toFixed(0);
  const left = duration((steps[stage] - step) * msPerStep);
  return `${stage} ${step} of ${steps[stage]}  ${shown.join("  ")}  ${rate} samples/s  ${left} left`;
}
