import { useState } from "react";
import {
  type Decision,
  decide,
  findUndecided,
  type RecordQuery,
  undoDecision,
} from "../../connection/datasets-client.ts";
import { words } from "../../messages/messages.ts";
import type { FollowedDataset } from "./use-dataset.ts";
import type { FoundRecords } from "./use-records.ts";

/** Deciding about the chosen record, and going on to the next one. */
export interface Deciding {
  /** What was done last, for screen readers and for the eye. */
  readonly said: string;
  decide(decision: Decision): Promise<void>;
  undo(): Promise<void>;
  nextUndecided(): Promise<void>;
}

interface DecidingOptions {
  readonly path: string;
  readonly query: RecordQuery;
  readonly followed: FollowedDataset;
  readonly records: FoundRecords;
  readonly at: number;
  choose(place: number): void;
}

/** Decides about records on the server. */
export function useDeciding(options: DecidingOptions): Deciding {
  const { path, query, followed, records, at, choose } = options;
  const [said, setSaid] = useState("");
  return {
    said,
    async decide(decision) {
      const record = records.at(at);
      if (record === undefined) return;
      const isDone = await followed.act(() => decide(path, [record.key], decision));
      if (!isDone) return;
      setSaid(words.decided(record.key, words.recordDecision[decision ?? "undecided"]));
      // Where decided records leave the list, the next one comes to this place.
      const last = (records.total ?? 1) - 1;
      if (query.decision === undefined && decision !== null) choose(Math.min(last, at + 1));
    },
    async undo() {
      if (await followed.act(() => undoDecision(path))) setSaid(words.undoneDecision);
    },
    async nextUndecided() {
      const next =
        (await findUndecided(path, query, at).catch(() => undefined)) ??
        (await findUndecided(path, query, -1).catch(() => undefined));
      if (next === undefined) setSaid(words.noneUndecided);
      else choose(next);
    },
  };
}
