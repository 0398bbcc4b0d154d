import { namesHint } from "./nearest-name.ts";

/** Hints of one validation that have to be searched for. */
export interface HintSearch {
  /** Runs the search, or gives undefined where the validation has searched enough. */
  find<Found>(search: () => Found | undefined): Found | undefined;
  /** A hint for a wrong name; `names` is called only where they are searched. */
  names(wrong: string, names: () => readonly string[]): string;
}

/** Most searches of one validation: a graph with thousands of faults takes no longer than this many. */
const maxSearches = 50;

/** Bounds what one validation spends on hints; further faults are reported with a plain hint. */
export function createHintSearch(): HintSearch {
  let left = maxSearches;
  const find: HintSearch["find"] = (search) => (left-- > 0 ? search() : undefined);
  return {
    find,
    names: (wrong, names) =>
      find(() => namesHint(wrong, names())) ?? "Use a name that exists, or remove this one.",
  };
}
