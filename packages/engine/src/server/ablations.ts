import type { WireError } from "../errors.ts";
import type { GraphDocument } from "../graph/document.ts";
import type { RejectedRun } from "../host/execution-host.ts";

/** Every state of an ablation. One that was running when its server ended goes on with the next one. */
export const ablationStates = ["queued", "running", "done", "cancelled", "failed"] as const;

/** An ablation of a server, without its scores. */
export interface AblationSummary {
  /** Also the name of its folder. */
  readonly id: string;
  readonly name: string;
  readonly state: (typeof ablationStates)[number];
  /** `held-out`, or the place of a data set. */
  readonly source: string;
  /** Items that it asked for. */
  readonly count: number;
  /** The names of its cells, the baseline first. */
  readonly variants: readonly string[];
  /** Cells of items: all of them, those with a result, and those that failed. */
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  /** Milliseconds since 1970. */
  readonly createdMs: number;
  readonly endedMs?: number;
  /** Why it failed as a whole. */
  readonly error?: WireError;
}

/** What is to be scored. */
export interface AblationRequest {
  /** Of the graph; running one of the same name again goes on where its results still hold. */
  readonly name: string;
  readonly graph: GraphDocument;
  /** @default the held-out scenes */
  readonly source?: string;
  /** Most items. @default 100 */
  readonly count?: number;
  /** Begins more than 10,000 runs. @default false */
  readonly isConfirmed?: boolean;
  /** Runs what failed again. @default false */
  readonly retriesFailed?: boolean;
}

/** Mean of a metric with its 95 % interval; null where there is no score. */
export interface ScoreEstimate {
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** A variant by a metric. */
export interface AblationCellScore extends ScoreEstimate {
  readonly variant: string;
  readonly metric: string;
  /** Scores that there are, and items without one. */
  readonly count: number;
  readonly holes: number;
  /** To the baseline, on the items that both have; the baseline has none. */
  readonly difference?: ScoreEstimate & {
    readonly test: string;
    readonly pValue: number | null;
    /** After Holm's correction for all differences of the table. */
    readonly correctedPValue: number | null;
    readonly pairs: number;
    readonly dropped: number;
  };
}

/** An ablation with the scores that it has so far. */
export interface AblationTable {
  readonly ablation: AblationSummary;
  readonly metrics: readonly string[];
  readonly cells: readonly AblationCellScore[];
}

/** Which items to show, those first on which two variants differ most. */
export interface AblationItemQuery {
  readonly metric: string;
  readonly variant: string;
  /** @default none: items are sorted by the score itself */
  readonly against?: string;
  /** @default 24 */
  readonly limit?: number;
}

/** What the asked variants gave for one item. */
export interface AblationItemScores {
  readonly key: string;
  readonly variants: readonly {
    readonly variant: string;
    readonly score: number | null;
    readonly failure?: string;
    /** Files by name, from the ablation's folder. */
    readonly pictures: Readonly<Record<string, string>>;
  }[];
}

/** Two results for one item, side by side; which variant is which, nobody is told. */
export interface AblationTrial {
  /** Names the trial in a vote. */
  readonly id: string;
  readonly left: string;
  readonly right: string;
  /** Pictures that show what was asked, by name. */
  readonly context: Readonly<Record<string, string>>;
}

/** What people prefer. */
export interface AblationPreferences {
  readonly votes: number;
  /** Bradley-Terry scores: differences are log odds. */
  readonly scores: readonly (ScoreEstimate & { readonly name: string; readonly votes: number })[];
  /** How far every two judges agree on the cases that both have judged. */
  readonly agreements: readonly {
    readonly judges: readonly string[];
    readonly count: number;
    readonly share: number | null;
    readonly kappa: number | null;
  }[];
}

/** A file to download. */
export interface AblationFile {
  readonly mime: string;
  readonly bytes: Uint8Array;
}

/** The ablations of a server. Throws, all with an id: `ablation.unknown`. */
export interface Ablations {
  /** Newest first. */
  list(): Promise<readonly AblationSummary[]>;
  /**
   * Queues an ablation unless its graph has issues. Once this resolves, nothing forgets it.
   * Throws: `ablation.running`, `ablation.large`, and what reading its source throws.
   */
  start(request: AblationRequest): Promise<AblationSummary | RejectedRun>;
  /** @param baseline the cell that the others are compared with. @default the one that was pinned */
  table(id: string, baseline?: string): Promise<AblationTable>;
  items(id: string, query: AblationItemQuery): Promise<readonly AblationItemScores[]>;
  /** The scores in one of the forms of the command `ablate`, by the name of its file. */
  file(id: string, name: string): Promise<AblationFile>;
  /** A picture that a cell made. */
  picture(id: string, path: string): Promise<Uint8Array | undefined>;
  /** Compares with another cell from now on. */
  pin(id: string, baseline: string): Promise<void>;
  /** Ends one that is queued or running; what it has stays. */
  cancel(id: string): Promise<void>;
  /** Forgets one that is over, with its files. Throws: `ablation.running`. */
  remove(id: string): Promise<void>;
  /** The next trials that a judge has not voted on. */
  trials(id: string, judge: string, picture: string): Promise<readonly AblationTrial[]>;
  /** Keeps a judge's vote; a second one on the same trial takes its place. */
  vote(id: string, judge: string, trial: string, choice: "left" | "right" | "tie"): Promise<void>;
  preferences(id: string): Promise<AblationPreferences>;
}
