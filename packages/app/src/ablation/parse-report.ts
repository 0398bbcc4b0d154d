import { EngineError } from "@insightgraph/engine/errors";
import { type AblationManifest, reportFormat, type ScoredItems } from "./ablation-report.ts";

/** What a report's file holds of an outcome; a hole is null. */
interface KeptOutcome {
  readonly scores?: Readonly<Record<string, number | null>>;
  readonly pictures?: Readonly<Record<string, string>>;
  readonly failure?: string;
}

interface KeptReport extends Omit<ScoredItems, "items"> {
  readonly items: readonly { readonly key: string; readonly outcomes: readonly KeptOutcome[] }[];
  readonly manifest: AblationManifest;
}

/** Whether a text is the report of an ablation. */
export function isAblationReport(text: string): boolean {
  return text.slice(0, 200).includes(`"format": "${reportFormat}"`);
}

function outcomeOf({ scores, pictures = {}, failure }: KeptOutcome) {
  if (scores === undefined) return failure === undefined ? {} : { failure };
  const known = Object.entries(scores).map(([name, score]) => [name, score ?? Number.NaN] as const);
  return { result: { scores: Object.fromEntries(known), pictures, executed: 0, reused: 0 } };
}

/** Reads a report's file. Throws: manifest.shape. */
export function parseReport(text: string): ScoredItems {
  const { title, variants, metrics, items, manifest } = JSON.parse(text) as KeptReport;
  if (manifest === undefined || !Array.isArray(items)) {
    throw new EngineError("manifest.shape", "the report of an ablation has no manifest", {
      hint: "Give the table.json that insightgraph ablate wrote.",
    });
  }
  const rows = items.map(({ key, outcomes }) => ({ key, outcomes: outcomes.map(outcomeOf) }));
  return { title, variants, metrics, items: rows, manifest };
}

/** The folder in which the relative paths of a report's graphs start. Throws: manifest.shape. */
export function originOf(text: string): string {
  return parseReport(text).manifest.folder;
}
