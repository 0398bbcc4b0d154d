import { entryOf } from "@insightgraph/engine/graph";
import { aliases } from "./aliases.ts";

/** Something that can be searched for by words. */
export interface SearchItem {
  /** A type id, or the id of a node. */
  readonly id: string;
  readonly title: string;
  /** What it is called in English, where the title is in another language. */
  readonly englishTitle?: string | undefined;
  readonly category: string;
  readonly doc: string;
  /** Comes first among those that match equally well. */
  readonly isPreferred?: boolean;
}

/**
 * Items that a query means, best first: by title, then by id and category, by other words for the
 * same, by description, and last by letters that were left out or mistyped.
 */
export function rankItems<Item extends SearchItem>(items: readonly Item[], query: string): Item[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...items];
  const ranked = items.flatMap((item) => {
    const ranks = words.map((word) => rankWord(item, word));
    if (ranks.some((rank) => rank === undefined)) return [];
    return [{ item, rank: ranks.reduce<number>((sum, rank) => sum + (rank ?? 0), 0) }];
  });
  // One that is meant by its words is not mixed with those that only look alike.
  const isGuess = ({ rank }: { rank: number }) => rank >= guessRank;
  const found = ranked.every(isGuess) ? ranked : ranked.filter((one) => !isGuess(one));
  const order = ({ isPreferred }: Item) => (isPreferred === true ? 0 : 1);
  return found
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        order(a.item) - order(b.item) ||
        a.item.title.localeCompare(b.item.title),
    )
    .map(({ item }) => item);
}

const guessRank = 100;

function rankWord(item: SearchItem, word: string): number | undefined {
  const { title, englishTitle = title, id, category, doc } = item;
  const titles = [title.toLowerCase(), englishTitle.toLowerCase()];
  const parts = titles.flatMap((name) => name.split(/[\s-]+/));
  if (titles.some((name) => name.startsWith(word))) return 0;
  if (parts.some((part) => part.startsWith(word))) return 1;
  if (titles.some((name) => name.includes(word))) return 2;
  if (id.toLowerCase().includes(word) || category.toLowerCase().includes(word)) return 3;
  if (entryOf(aliases, id)?.some((alias) => alias.startsWith(word)) === true) return 4;
  if (doc.toLowerCase().includes(word)) return 5;
  const names = [...parts, ...id.toLowerCase().split(/[.-]/)];
  if (names.some((part) => isAlike(part, word))) return guessRank;
  return names.some((part) => hasLetters(part, word)) ? guessRank + 1 : undefined;
}

/** Whether a word has these letters in this order, beginning with the first: `rsz` means `resize`. */
function hasLetters(word: string, letters: string): boolean {
  if (letters.length < 2 || word[0] !== letters[0]) return false;
  let at = 0;
  for (const letter of word) if (letter === letters[at]) at += 1;
  return at === letters.length;
}

/** Whether two words differ by few slips: one in four letters or five, two in longer ones. */
function isAlike(word: string, typed: string): boolean {
  if (typed.length < 4) return false;
  const slips = typed.length < 6 ? 1 : 2;
  // What is typed may be the beginning of the word.
  return [word, word.slice(0, typed.length)].some((one) => distance(one, typed) <= slips);
}

/** How many letters have to be changed, added, left out or swapped with the next one. */
function distance(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const isSame = one[i - 1] === other[j - 1];
      const isSwapped = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      row[j] = Math.min(
        (rows[i - 1]?.[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (rows[i - 1]?.[j - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped ? (rows[i - 2]?.[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    rows.push(row);
  }
  return rows.at(-1)?.at(-1) ?? 0;
}
