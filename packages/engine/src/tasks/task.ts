import type { WireError } from "../errors.ts";
import type { Json } from "../graph/document.ts";
import type { WorkerReport } from "./cluster.ts";
import type { OpenModels } from "./order-runs.ts";

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
  /** Why it failed, if it did. */
  readonly failure?: Pick<WireError, "code" | "what">;
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
  /** Names of the checkpoints that its graph opens: only workers that have them take its tasks. */
  readonly models: readonly string[];
  /** What people see of it. */
  readonly title: string;
  /** Where it was started. */
  readonly machine: string;
  /** Runs of a higher one go first. */
  readonly priority: number;
  /** What workers need to know besides the items. */
  readonly description: Json;
}

/** What a worker has. */
export type WorkerMeans = Pick<WorkerReport, "nodes" | "models">;

/** What a worker learns of its task: whether it has it still, and whether anybody still wants it. */
export type TaskSign = "own" | "lost" | "unwanted";

/** Items that one worker has taken together, in one attempt. */
export interface ClaimedTask extends Pick<TaskRun, "title" | "models"> {
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
  /**
   * Outcomes after a place, in the order in which they were committed. Those up to it are taken: while many are not,
   * workers begin no task of the run.
   */
  outcomes(run: string, after: number, limit: number): Promise<readonly KeptOutcome[]>;
  /** Takes the items over which so many workers have died that no other one gets them. */
  takeDead(run: string): Promise<readonly TaskItem[]>;
  /** Whether workers have a task or wait for one. */
  hasPending(run: string): Promise<boolean>;
  /** Whether somebody has cancelled the run. */
  isCancelled(run: string): Promise<boolean>;
  /** Forgets a run; what workers still do of it is refused. */
  end(run: string): Promise<void>;

  /** Takes a task of a run that the worker can compute, in the order of `orderRuns`; undefined where there is none. */
  claim(worker: WorkerMeans, open?: OpenModels): Promise<ClaimedTask | undefined>;
  /** Runs whose tasks the worker does not take: it has other node types, or speaks another version of the protocol. */
  refused(
    worker: WorkerMeans,
  ): Promise<readonly { readonly run: string; readonly reason: "nodes" | "protocol" }[]>;
  /** The description of a run; undefined once it has ended. */
  description(run: string): Promise<Json | undefined>;
  /** Says that the worker is alive. */
  beat(task: ClaimedTask): Promise<TaskSign>;
  /** Shows a worker to people until it leaves, or has not been heard of for an hour. */
  report(worker: string, report: Omit<WorkerReport, "protocol">): Promise<void>;
  leave(worker: string): Promise<void>;
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

/** The version of what tasks and outcomes are made of. Workers that speak another one leave a run alone. */
export const protocol = 3;
/** How many workers may die over a task; over one with several items, one less, then it is halved. */
export const maxDeaths = 3;
