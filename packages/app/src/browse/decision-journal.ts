import { mkdir, stat } from "node:fs/promises";
import path from "node:path";
import {
  createDecisions,
  type DecisionLine,
  type Decisions,
  decisionsFile,
} from "@insightgraph/editing/datasets";
import { createJournal, type Journal, openJournal } from "@insightgraph/engine/documents";
import type { RecordDecision } from "@insightgraph/engine/server";

/** A record to decide about. */
export interface Decidable {
  readonly key: string;
  readonly made: string;
}

/** The decisions about a data set: each is a line of its file before anybody is told that it holds. */
export interface DecisionJournal {
  readonly decisions: Decisions;
  /** Grows with each step. */
  steps(): number;
  canUndo(): boolean;
  /** @returns the keys that it was about. Throws: `disk.full`, `file.unwritable`. */
  decide(
    records: readonly Decidable[],
    decision: RecordDecision | null,
  ): Promise<readonly string[]>;
  /** Takes the last step back, if there is one. @returns the keys that it was about */
  undo(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** The file of decisions and what is in it; no file is made before something is decided. */
async function readJournal(file: string) {
  const isThere = await stat(file).then(
    ({ size }) => size > 0,
    () => false,
  );
  return isThere ? openJournal(file) : { journal: undefined, entries: [] };
}

/** Opens the decisions about a data set. */
export async function openDecisionJournal(place: string): Promise<DecisionJournal> {
  const file = await decisionsFile(place);
  const read = await readJournal(file);
  const { decisions, take, last } = createDecisions();
  for (const entry of read.entries) take(entry as DecisionLine);
  let steps = read.entries.length;
  let journal: Journal | undefined = read.journal;
  // One line at a time, in the order in which they were asked for.
  let turn: Promise<void> = Promise.resolve();
  const append = (line: DecisionLine): Promise<readonly string[]> => {
    const done = turn.then(async () => {
      const { set } = "set" in line ? line : (last() ?? { set: [] });
      if (journal === undefined) {
        await mkdir(path.dirname(file), { recursive: true });
        journal = await createJournal(file, line);
      } else await journal.append(line);
      take(line);
      steps += 1;
      return set.map(([key]) => key);
    });
    turn = done.then(
      () => {},
      () => {},
    );
    return done;
  };
  return {
    decisions,
    steps: () => steps,
    canUndo: () => last() !== undefined,
    decide(records, decision) {
      const set = records.map(({ key, made }) => {
        return [key, decision === null ? null : { decision, made }] as const;
      });
      return set.length === 0 ? Promise.resolve([]) : append({ set });
    },
    undo: () => (last() === undefined ? Promise.resolve([]) : append({ undo: true })),
    async close() {
      await turn;
      await journal?.close();
    },
  };
}
