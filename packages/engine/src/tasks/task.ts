import type { Json } from "../graph/document.ts";

/** An item of a run, with all that a worker needs to compute it. */
export interface TaskItem {
  readonly key: string;
  readonly fingerprint: string;
  readonly input: Json;
}

/** What became of an item: whoever runs tasks says what that is. */
export interface ItemOutcome {
  readonly key: string;
  readonly fingerprint: string;
  readonly outcome: Json;
}

/** An outcome as it is kept; places grow. */
export interface KeptOutcome extends ItemOutcome {
  readonly place: number;
}

/** A run whose items are given to workers. */
export interface TaskRun {
  readonly id: string;
  /** Digest of the node types from outside the pack: only workers that have the same take its tasks. */
  readonly nodes: string;
  /** What workers need to know besides the items. */
  readonly description: Json;
}

/** Items that one worker has taken together, in one attempt. */
export interface ClaimedTask {
  readonly id: string;
  readonly run: string;
  readonly items: readonly TaskItem[];
  /** How many workers have died over it. */
  readonly deaths: number;
}

/**
 * Tasks between those who have them and those who do them; `task-queue.test.ts` states what it promises.
 * A task is executed at least once and counted once: its commit is refused where another attempt has begun.
 */
export interface TaskQueue {
  /** Makes a run known to workers; making it known again changes nothing. */
  begin(run: TaskRun): Promise<void>;
  submit(run: string, tasks: readonly (readonly TaskItem[])[]): Promise<void>;
  /** Outcomes after a place, in the order in which they were committed. */
  outcomes(run: string, after: number, limit: number): Promise<readonly KeptOutcome[]>;
  /** Takes the items over which so many workers have died that no other one gets them. */
  takeDead(run: string): Promise<readonly TaskItem[]>;
  /** Forgets a run; what workers still do of it is refused. */
  end(run: string): Promise<void>;

  /**
   * Takes a task of a run whose nodes the worker has; undefined where there is none.
   * @param preferred The run that is looked at first.
   */
  claim(nodes: string, preferred?: string): Promise<ClaimedTask | undefined>;
  /** The description of a run; undefined once it has ended. */
  description(run: string): Promise<Json | undefined>;
  /** Says that the worker is alive. @returns whether the task is still its own */
  beat(task: ClaimedTask): Promise<boolean>;
  /**
   * Ends a task, all at once: keeps the outcomes, and makes tasks of what is left of it.
   * @returns false where the task is no longer the worker's; then nothing has happened
   */
  commit(
    task: ClaimedTask,
    outcomes: readonly ItemOutcome[],
    rest: readonly (readonly TaskItem[])[],
  ): Promise<boolean>;
  close(): Promise<void>;
}

/** How many workers may die over a task; over one with several items, one less, then it is halved. */
export const maxDeaths = 3;
