import type { TrainingLogEntry } from "./training-log.ts";

/** More rows than this say no more in a plot. */
const maxRows = 500;

/** The losses of a training as a Markdown table: a row for each entry, with the steps done in all stages. */
export function lossTable(entries: readonly TrainingLogEntry[]): string {
  const names = [...new Set(entries.flatMap(({ losses }) => Object.keys(losses)))];
  const every = Math.ceil(entries.length / maxRows);
  let before = 0;
  const rows = entries.flatMap(({ stage, step, rate, losses }, at) => {
    const last = entries[at - 1];
    if (last !== undefined && last.stage !== stage) before += last.step;
    // The latest entry always counts.
    if ((entries.length - 1 - at) % every !== 0) return [];
    const values = names.map((name) => losses[name] ?? "");
    return [[before + step, stage, rate, ...values]];
  });
  const head = ["step", "stage", "rate", ...names.map((name) => `${name} loss`)];
  return [head, head.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}
