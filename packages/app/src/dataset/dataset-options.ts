import { type OpenedDataset, openDataset, parseMapping } from "@insightgraph/editing/datasets";
import { parsePair, usageError } from "../parse-arguments.ts";
import { fromCaller } from "../places.ts";
import { isSeeds } from "./replay/run-file.ts";
import type { SourcePart } from "./source-items.ts";

/** A positive whole number of the command line. Throws: `command.usage`. */
export function parseCount(option: string, text: string): number {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count > 0) return count;
  throw usageError(`--${option} ${text} is no positive whole number`, `Write --${option} 100.`);
}

/** A size in megabytes of the command line, in bytes. Throws: `command.usage`. */
export function parseMegabytes(option: string, text: string): number {
  const megabytes = Number(text);
  if (megabytes > 0 && Number.isFinite(megabytes)) return megabytes * 1e6;
  throw usageError(`--${option} ${text} is no size in megabytes`, `Write --${option} 500.`);
}

/** `2/8` as a part of a source. Throws: `command.usage`. */
export function parsePart(text: string): SourcePart {
  const [, index = 0, count = 0] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (index >= 1 && index <= count) return { index, count };
  throw usageError(`--shard ${text} is no part of a source`, "Write --shard 2/8 for part 2 of 8.");
}

/** `INPUT=FIELD` pairs. Throws: `command.usage`. */
export function parseInputs(pairs: readonly string[]): readonly (readonly [string, string])[] {
  return pairs.map((pair) => parsePair("--input", pair));
}

/** Where a data set lies that the command line names. */
export function datasetPlace(given: string): string {
  return isSeeds(given) ? given : fromCaller(given);
}

/** Opens a data set that the command line names. Throws: `dataset.unreadable`, `dataset.field`. */
export function openGiven(given: string, map: string | undefined): Promise<OpenedDataset> {
  const mapping = map === undefined ? undefined : parseMapping(map);
  return openDataset(datasetPlace(given), mapping);
}

/** The mapping of a data set, for people. */
export function mappingText({ layout, mapping }: OpenedDataset): string {
  const pairs = Object.entries(mapping).map(([field, place]) => `${field}=${place}`);
  if (pairs.length === 0) return "";
  return `${layout === undefined ? "mapping" : `columns of ${layout}`}: ${pairs.join(", ")}\n`;
}
