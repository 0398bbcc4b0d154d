/** What became of a record: `rejected`: the graph did not keep it; `failed`: there is none, because its item failed. */
export type RecordStatus = "kept" | "rejected" | "failed";

/** What a person decided about a record. */
export type RecordDecision = "accepted" | "rejected";

/** A data set that can be opened. */
export interface ListedDataset {
  /** As requests name it. */
  readonly path: string;
  readonly records: number;
  readonly isComplete: boolean;
}

/** How often something is among the records. */
export interface NamedCount {
  readonly name: string;
  readonly count: number;
}

/** How the values of a number spread: `bins` equally wide steps from `min` to `max`. */
export interface ScoreSpread {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly bins: readonly number[];
}

/** How far the search for near-duplicates is, and what it found. */
export interface DuplicateSearch {
  readonly isDone: boolean;
  readonly hashed: number;
  readonly total: number;
  /** Pictures that could not be read. */
  readonly unreadable: number;
  readonly groups: number;
  /** Records in these groups. */
  readonly records: number;
}

/** What a data set holds. */
export interface DatasetFacts {
  readonly path: string;
  readonly format: string;
  /** The published set whose columns it has. */
  readonly layout?: string;
  readonly fields: readonly { readonly name: string; readonly kind: string }[];
  /** Changes with the records and with every decision. */
  readonly version: string;
  /** Whether all records have been looked at. */
  readonly isIndexed: boolean;
  readonly records: number;
  /** Records that cannot be read. */
  readonly unreadable: number;
  /** Whether a run is working on it; items that failed are shown when it has ended. */
  readonly isRunning: boolean;
  readonly statuses: readonly NamedCount[];
  readonly decisions: readonly NamedCount[];
  /** Nodes at which records were rejected or failed. */
  readonly stages: readonly NamedCount[];
  readonly operations: readonly NamedCount[];
  readonly reasons: readonly NamedCount[];
  readonly scores: readonly ScoreSpread[];
  readonly canUndo: boolean;
  readonly duplicates?: DuplicateSearch;
}

/** Which records, in which order. */
export interface RecordQuery {
  readonly status?: readonly RecordStatus[];
  readonly decision?: readonly (RecordDecision | "undecided")[];
  readonly stage?: string;
  readonly operation?: string;
  readonly reason?: string;
  /** Words that must all be in the key or a text. */
  readonly text?: string;
  /** The number that `min`, `max` and the sort by score are about. */
  readonly score?: string;
  readonly min?: number;
  readonly max?: number;
  /** Only records with near-duplicates, group by group. */
  readonly duplicates?: boolean;
  /** @default place */
  readonly sort?: "place" | "key" | "score";
  readonly descending?: boolean;
}

/** A record in a list. */
export interface RecordSummary {
  readonly key: string;
  readonly status: RecordStatus;
  readonly decision?: RecordDecision;
  readonly reason?: string;
  readonly stage?: string;
  readonly operation?: string;
  readonly instruction?: string;
  readonly scores: Readonly<Record<string, number>>;
  /** The key of the first of its near-duplicates. */
  readonly group?: string;
}

/** A record with all its fields; pictures are asked for one by one. */
export interface RecordDetails extends RecordSummary {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly pictures: readonly string[];
}

/** A picture of a record. */
export interface RecordPicture {
  readonly bytes: Uint8Array;
  readonly mime: string;
}

/** The data sets that a server shows, each by its path. Every method throws `dataset.unreadable`. */
export interface DatasetLibrary {
  /** Those that runs wrote in the workspace. */
  list(): Promise<readonly ListedDataset[]>;
  facts(path: string): Promise<DatasetFacts>;
  records(
    path: string,
    query: RecordQuery,
    page: { readonly offset: number; readonly limit: number },
  ): Promise<{ readonly total: number; readonly records: readonly RecordSummary[] }>;
  record(path: string, key: string): Promise<RecordDetails>;
  /** @param side Most pixels of the longer side; omitted: as it is. */
  picture(
    path: string,
    place: { readonly key: string; readonly field: string; readonly side?: number },
  ): Promise<RecordPicture>;
  /** The place, within what the query finds, of the next undecided record after one; undefined where there is none. */
  nextUndecided(path: string, query: RecordQuery, after: number): Promise<number | undefined>;
  /** What it resolves survives the death of the server. @param decision null: undecided again */
  decide(path: string, keys: readonly string[], decision: RecordDecision | null): Promise<void>;
  /** Takes the last step of deciding back, whoever took it. */
  undo(path: string): Promise<void>;
  /** Starts to look for near-duplicates. @param distance Most bits of 64 that differ. */
  findDuplicates(path: string, distance: number): Promise<void>;
  /** Rejects the near-duplicates of a record; without a key, all but the first of each group that is not rejected. */
  keepOne(path: string, key: string | undefined): Promise<void>;
}
