/** A run as a worker chooses among them. */
export interface RunChoice {
  readonly id: string;
  readonly priority: number;
  /** Names of the checkpoints that it needs. */
  readonly models: readonly string[];
  /** When a task of it was last taken; before that, when it began. */
  readonly takenMs: number;
}

/** How many tasks in a row a worker takes for the models that it has open. */
export const maxInRow = 8;

/** What a worker has open, and for how many tasks in a row it has been preferred. */
export interface OpenModels {
  readonly models: readonly string[];
  readonly inRow: number;
}

/** A worker that has opened nothing. */
export const nothingOpen: OpenModels = { models: [], inRow: 0 };

function areOpen({ models }: RunChoice, open: OpenModels): boolean {
  return models.length > 0 && models.every((model) => open.models.includes(model));
}

/**
 * The runs in the order in which a worker asks them for a task: those of the highest priority, of these those whose
 * models are open, then the one that has waited longest. After `maxInRow` tasks in a row it forgets what is open, so
 * that no run waits for ever.
 */
export function orderRuns<Run extends RunChoice>(
  runs: readonly Run[],
  open: OpenModels,
): readonly Run[] {
  const isBound = open.inRow >= maxInRow;
  const warmth = (run: Run): number => Number(!isBound && areOpen(run, open));
  return runs.toSorted(
    (one, two) =>
      two.priority - one.priority ||
      warmth(two) - warmth(one) ||
      one.takenMs - two.takenMs ||
      (one.id < two.id ? -1 : 1),
  );
}

/** What is open after a worker has taken a task of a run. */
export function afterTaking(run: Pick<RunChoice, "models">, open: OpenModels): OpenModels {
  const { models } = run;
  const isSame = models.length > 0 && models.every((model) => open.models.includes(model));
  const isTurnOver = open.inRow >= maxInRow;
  return { models, inRow: isSame && !isTurnOver ? open.inRow + 1 : 1 };
}
