/** What a worker says of itself. */
export interface WorkerReport {
  readonly machine: string;
  readonly device: string;
  readonly memory: { readonly freeBytes: number; readonly totalBytes: number };
  /** Of the whole GPU; null where the driver does not tell, absent on the CPU. */
  readonly gpu?: { readonly usedBytes: number; readonly totalBytes: number } | null;
  /** Names of the checkpoints that are there. */
  readonly models: readonly string[];
  readonly version: string;
  readonly protocol: number;
  /** Digest of the node types from outside the pack; empty where there are none. */
  readonly nodes: string;
  /** The task that it has, if it has one. */
  readonly task?: {
    readonly run: string;
    readonly title: string;
    readonly items: number;
    /** Those of them that are done or failed; earlier versions do not tell. */
    readonly settled?: number;
    readonly sinceMs: number;
  };
  /** Items since it was started. */
  readonly done: number;
  readonly failed: number;
  readonly upMs: number;
}

/** A worker, as the database last heard of it. */
export interface KnownWorker extends WorkerReport {
  readonly id: string;
  /** Time since its last sign of life, by the clock of the database. */
  readonly silentMs: number;
}

/** What workers must have to take the tasks of a run. */
export interface RunNeeds {
  readonly protocol: number;
  /** Digest of the node types from outside the pack. */
  readonly nodes: string;
  /** Names of checkpoints. */
  readonly models: readonly string[];
}

/** Why no worker takes the tasks of a run; `model` says which one is missing. */
export type WaitReason =
  | { readonly reason: "no-worker" }
  | { readonly reason: "version" }
  | { readonly reason: "nodes" }
  | { readonly reason: "model"; readonly model: string };

/** The states of tasks that are counted. */
export type TaskState = "waiting" | "running" | "done" | "failed";

/** How many tasks there are of each state. */
export type TaskCounts = Readonly<Record<TaskState, number>>;

/** A run whose items workers compute. */
export interface ClusterRun {
  readonly id: string;
  readonly title: string;
  /** Where it was started. */
  readonly machine: string;
  /** Runs of a higher one go first. */
  readonly priority: number;
  readonly isPaused: boolean;
  readonly isCancelled: boolean;
  readonly createdMs: number;
  readonly tasks: TaskCounts;
  /** Items that came back, and how many of them failed. */
  readonly items: { readonly done: number; readonly failed: number };
  /** Items over which too many workers died. */
  readonly dead: number;
  /** Why no worker takes its tasks, where none does. */
  readonly waits?: WaitReason;
}

/** What is known of one run besides. */
export interface ClusterRunDetails {
  readonly run: ClusterRun;
  /** Its tasks in order, some together in a cell where there are many. */
  readonly cells: readonly TaskCounts[];
  /** Items that came back in each stretch of ten seconds of the last ten minutes, the latest last. */
  readonly perTenSeconds: readonly number[];
  /** Most frequent first. */
  readonly failures: readonly {
    readonly code: string;
    readonly count: number;
    /** One of them in words. */
    readonly what: string;
    readonly keys: readonly string[];
  }[];
  readonly dead: readonly { readonly id: string; readonly keys: readonly string[] }[];
}

/** What can be changed of a run. */
export interface RunChange {
  readonly priority?: number;
  /** Workers give back what they have of a paused run. */
  readonly isPaused?: boolean;
  /** Whoever started the run ends it as Ctrl-C does; what is done is kept. */
  readonly isCancelled?: true;
}

/** Shows and steers what workers do. */
export interface Cluster {
  workers(): Promise<readonly KnownWorker[]>;
  /** Those that workers take first come first. */
  runs(): Promise<readonly ClusterRun[]>;
  /** Undefined for a run that has ended. */
  run(id: string): Promise<ClusterRunDetails | undefined>;
  /** @returns false for a run that has ended, as below */
  change(id: string, change: RunChange): Promise<boolean>;
  /** Gives a dead item to workers once more. */
  retryDead(id: string, dead: string): Promise<boolean>;
}
