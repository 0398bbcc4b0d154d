import type { StepReport, TrainingStage } from "@insightgraph/models";

export interface TrainingReportOptions {
  readonly steps: Readonly<Record<TrainingStage, number>>;
  readonly batch: number;
  /** Steps averaged in one line. @default 50 */
  readonly every?: number;
  /** @default performance.now */
  now?(): number;
  write(line: string): void;
}

export type TrainingLine = Readonly<Record<string, number | string>>;

function minutes(ms: number): string {
  return ms < 3_600_000 ? `${Math.ceil(ms / 60_000)} min` : `${(ms / 3_600_000).toFixed(1)} h`;
}

function meanLosses(reports: readonly StepReport[]): Record<string, number> {
  const names = Object.keys(reports[0]?.losses ?? {});
  const mean = (name: string): number =>
    reports.reduce((sum, { losses }) => sum + (losses[name] ?? 0), 0) / reports.length;
  return Object.fromEntries(names.map((name) => [name, Number(mean(name).toFixed(4))]));
}

/** Gathers steps and, every so many, writes a line and returns it for the log. */
export function createTrainingReport(
  options: TrainingReportOptions,
): (stage: TrainingStage, report: StepReport) => TrainingLine | undefined {
  const { steps, batch, every = 50, now = () => performance.now(), write } = options;
  let gathered: StepReport[] = [];
  let since = now();
  return (stage, report) => {
    gathered.push(report);
    if (gathered.length < every) return undefined;
    const perStep = (now() - since) / gathered.length;
    const step = report.step + 1;
    const losses = meanLosses(gathered);
    const shown = Object.entries(losses).map(([name, value]) => `${name} ${value.toFixed(3)}`);
    const rate = ((1000 * batch) / perStep).toFixed(0);
    const left = minutes((steps[stage] - step) * perStep);
    write(
      `${stage} ${step} of ${steps[stage]}  ${shown.join("  ")}  ${rate} samples/s  ${left} left`,
    );
    gathered = [];
    since = now();
    return { stage, step, rate: report.rate, msPerStep: Math.round(perStep), ...losses };
  };
}
