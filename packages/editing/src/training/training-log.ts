import type { StepReport, TrainingStage } from "@insightgraph/models";

/** What the steps of a while had in common; losses are means. */
export interface TrainingLogEntry {
  readonly stage: TrainingStage;
  /** Steps done of the stage. */
  readonly step: number;
  readonly rate: number;
  readonly msPerStep: number;
  readonly losses: Readonly<Record<string, number>>;
}

/** How often the log gets an entry. */
export interface TrainingLogOptions {
  /** Steps to an entry. @default 50 */
  readonly every?: number;
  /** @default performance.now */
  now?(): number;
}

function meanLosses(reports: readonly StepReport[]): Record<string, number> {
  const names = Object.keys(reports[0]?.losses ?? {});
  const mean = (name: string): number =>
    reports.reduce((sum, { losses }) => sum + (losses[name] ?? 0), 0) / reports.length;
  return Object.fromEntries(names.map((name) => [name, Number(mean(name).toFixed(4))]));
}

/** Gathers steps; every so many, and at the end of a stage, gives an entry. */
export function createTrainingLog({
  every = 50,
  now = () => performance.now(),
}: TrainingLogOptions = {}): (
  stage: TrainingStage,
  report: StepReport,
) => TrainingLogEntry | undefined {
  let gathered: StepReport[] = [];
  let since = now();
  let current: TrainingStage | undefined;
  return (stage, report) => {
    if (stage !== current) gathered = [];
    current = stage;
    gathered.push(report);
    const step = report.step + 1;
    if (gathered.length < every && step % every !== 0) return undefined;
    const msPerStep = Math.round((now() - since) / gathered.length);
    const losses = meanLosses(gathered);
    gathered = [];
    since = now();
    // The graph computes it in single precision.
    const rate = Number(report.rate.toPrecision(6));
    return { stage, step, rate, msPerStep, losses };
  };
}

/** The entries of a log file, whatever else it holds; a line cut short by a kill is left out. */
export function parseTrainingLog(text: string): readonly TrainingLogEntry[] {
  return text.split("\n").flatMap((line) => {
    try {
      const entry = JSON.parse(line) as Partial<TrainingLogEntry> | null;
      return entry?.losses === undefined ? [] : [entry as TrainingLogEntry];
    } catch {
      return [];
    }
  });
}
