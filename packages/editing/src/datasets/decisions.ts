import { stat } from "node:fs/promises";
import path from "node:path";
import { readRegular } from "../files/regular-file.ts";
import { unreadable } from "./faults.ts";
import { hiddenFolder } from "./hidden-files.ts";
import type { Fields } from "./record.ts";

/** What a person decided about a record. */
export type Decision = "accepted" | "rejected";

/** A decision, and how the record was made that it is about; made in another way, the record is undecided again. */
export interface DecidedRecord {
  readonly decision: Decision;
  readonly made: string;
}

/** Decisions by the key of the record. */
export type Decisions = ReadonlyMap<string, DecidedRecord>;

/** A step of deciding: for each record what holds from then on; null: it is undecided. */
export interface DecisionStep {
  readonly set: readonly (readonly [key: string, decided: DecidedRecord | null])[];
}

/** A line of the file of decisions: a step, or that the last step is taken back. */
export type DecisionLine = DecisionStep | { readonly undo: true };

/** The file, inside a data set, to which each decision is added. Throws: what `stat` throws. */
export async function decisionsFile(place: string): Promise<string> {
  const isFolder = (await stat(place)).isDirectory();
  const folder = isFolder ? place : path.dirname(place);
  const prefix = isFolder ? "" : `${path.basename(place)}.`;
  return path.join(folder, hiddenFolder, `${prefix}decisions.jsonl`);
}

/** How a record was made: a digest of its graph, models and versions. Empty for records of other programs. */
export function madeBy({ provenance }: Fields): string {
  if (typeof provenance !== "string" || !provenance.startsWith("{")) return "";
  try {
    const { made } = JSON.parse(provenance) as { readonly made?: unknown };
    return typeof made === "string" ? made.slice(0, 16) : "";
  } catch {
    return "";
  }
}

/** What was decided about a record, if it is still made as it was then. */
export function decisionOn(decisions: Decisions, key: string, made: string): Decision | undefined {
  const found = decisions.get(key);
  return found?.made === made ? found.decision : undefined;
}

/** Follows the lines of a file of decisions. */
export function createDecisions(): {
  readonly decisions: Decisions;
  /** Carries a line out. */
  take(line: DecisionLine): void;
  /** The step that an undo would take back. */
  last(): DecisionStep | undefined;
} {
  const decisions = new Map<string, DecidedRecord>();
  const before: DecisionStep[] = [];
  const carryOut = ({ set }: DecisionStep): DecisionStep => {
    const earlier = set.map(([key]) => [key, decisions.get(key) ?? null] as const);
    for (const [key, decided] of set) {
      if (decided === null) decisions.delete(key);
      else decisions.set(key, decided);
    }
    return { set: earlier };
  };
  return {
    decisions,
    take(line) {
      if ("set" in line) before.push(carryOut(line));
      else {
        const step = before.pop();
        if (step !== undefined) carryOut(step);
      }
    },
    last: () => before.at(-1),
  };
}

/** The decisions about a data set; none where nobody has decided anything. Throws: `dataset.unreadable`. */
export async function readDecisions(place: string): Promise<Decisions> {
  const file = await decisionsFile(place);
  const bytes = await readRegular(file).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return Buffer.of();
    throw unreadable(file, "may not be read", cause);
  });
  const { decisions, take } = createDecisions();
  // A last line without its end was cut off, and nobody was told that it holds.
  const lines = bytes.toString("utf8").split("\n").slice(0, -1);
  for (const [at, line] of lines.entries()) {
    try {
      take(JSON.parse(line) as DecisionLine);
    } catch (cause) {
      throw unreadable(file, `has no decision in line ${at + 1}`, cause);
    }
  }
  return decisions;
}
