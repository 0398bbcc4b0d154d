import {
  type AddressedItem,
  type DatasetRecord,
  type Fields,
  isPictureFile,
  madeBy,
  recordOf,
} from "@insightgraph/editing/datasets";
import type { RecordStatus } from "@insightgraph/engine/server";

/** Which records of a data set a record is one of: those that it has, or those that its graph rejected. */
export type RecordSource = "kept" | "rejected";

/** What is kept of a record, so that many can be searched at once. */
export interface BrowsedRecord {
  readonly key: string;
  readonly status: RecordStatus;
  /** Undefined for an item that failed. */
  readonly source: RecordSource | undefined;
  /** Where the record lies in its source. */
  readonly address: string;
  /** How it was made; a decision is about one way of making it. */
  readonly made: string;
  readonly reason: string | undefined;
  readonly stage: string | undefined;
  readonly operation: string | undefined;
  readonly instruction: string | undefined;
  /** Key and texts in lower case. */
  readonly words: string;
  readonly scores: Readonly<Record<string, number>>;
}

const maxWords = 2000;
const ownTexts = new Set(["provenance", "rejection_reason", "rejected_at"]);

function textIn(fields: Fields, ...names: readonly string[]): string | undefined {
  const found = names.map((name) => fields[name]).find((value) => typeof value === "string");
  return found === undefined || found === "" ? undefined : (found as string);
}

function wordsOf({ key, fields }: DatasetRecord): string {
  const texts = Object.entries(fields).filter(
    ([name, value]) => typeof value === "string" && !ownTexts.has(name),
  );
  return [key, ...texts.map(([, value]) => value)].join("\n").slice(0, maxWords).toLowerCase();
}

/** Numbers and yes or no, of the record and of an object such as `scores`. */
function scoresOf(fields: Fields, prefix = ""): Record<string, number> {
  const scores: Record<string, number> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === "number" && Number.isFinite(value)) scores[prefix + name] = value;
    const isNested =
      prefix === "" && typeof value === "object" && value !== null && !Array.isArray(value);
    if (isNested && !isPictureFile(value)) {
      Object.assign(scores, scoresOf(value as Fields, `${name}.`));
    }
  }
  return scores;
}

/** What to keep of a record. @param fields Those that are no pictures. */
export function browseRecord(
  item: AddressedItem,
  fields: Fields,
  source: RecordSource,
): BrowsedRecord {
  const record = recordOf(item, fields);
  return {
    key: record.key,
    ...{ status: source, source, address: item.address },
    made: madeBy(fields),
    reason: textIn(fields, "rejection_reason"),
    stage: textIn(fields, "rejected_at"),
    operation: textIn(fields, "edit_type", "operation"),
    instruction: textIn(fields, "instruction", "source_caption"),
    words: wordsOf(record),
    scores: scoresOf(record.fields),
  };
}
