import type { Detector } from "../architectures/detector.ts";
import { unfitArgument } from "../errors.ts";
import { readObject } from "./object-words.ts";

/** What a detector calls an object. */
export interface DetectorLabel {
  readonly label: string;
  /** Words of the phrase that have no effect. */
  readonly ignored: readonly string[];
}

/** A detector's own name for what a phrase names, if it has one; a detector of any words takes the phrase itself. */
export function findLabel(phrase: string, { labels }: Detector): DetectorLabel | undefined {
  if (labels === undefined) return { label: phrase.toLowerCase(), ignored: [] };
  if (labels.includes(phrase)) return { label: phrase, ignored: [] };
  const meaning = readObject(phrase);
  const isKnown = "kind" in meaning && labels.includes(meaning.kind);
  return isKnown ? { label: meaning.kind, ignored: meaning.rest } : undefined;
}

/** As `findLabel`. Throws: argument.unfit at `kind` where it has none, with the nearest words that are known. */
export function requireLabel(phrase: string, detector: Detector): DetectorLabel {
  const found = findLabel(phrase, detector);
  if (found !== undefined) return found;
  const meaning = readObject(phrase);
  const labels = detector.labels ?? [];
  const nearest =
    "nearest" in meaning ? `The nearest words are ${meaning.nearest.join(", ")}. ` : "";
  const known = labels.length > 12 ? `${labels.length} kinds of objects` : labels.join(", ");
  throw unfitArgument(
    "kind",
    `the detector knows no "${phrase}".`,
    `${nearest}It knows ${known}; add a detector of any words, such as Grounding DINO, for all else.`,
  );
}
