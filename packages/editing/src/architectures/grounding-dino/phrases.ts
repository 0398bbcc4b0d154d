import type { CheckpointTokenizer } from "@insightgraph/models";

/** A text for the network, and which of its tokens belong to which phrase. */
export interface PhraseText {
  readonly ids: readonly number[];
  readonly phrases: readonly { readonly phrase: string; readonly tokens: readonly number[] }[];
}

/** Most tokens that the network reads. */
const mostTokens = 256;

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from }, (_, at) => from + at);

/**
 * Phrases as texts of the form "red cup. dog.", in as many as the network's length asks for.
 * Source: Grounding DINO (arXiv:2303.05499), section 3.3: phrases of one text do not see each other.
 */
export function phraseTexts(
  words: readonly string[],
  tokenizer: CheckpointTokenizer,
): readonly PhraseText[] {
  const [first = 0, ...rest] = tokenizer.encodeWhole("");
  const stop = tokenizer.encodePiece(".");
  const texts: { ids: number[]; phrases: { phrase: string; tokens: readonly number[] }[] }[] = [];
  for (const phrase of words) {
    const piece = tokenizer.encodePiece(phrase.toLowerCase().replaceAll(".", " ").trim());
    const needed = piece.length + stop.length + rest.length;
    const last = texts.at(-1);
    const text =
      last === undefined || last.ids.length + needed > mostTokens
        ? { ids: [first], phrases: [] }
        : last;
    if (text !== last) texts.push(text);
    text.phrases.push({ phrase, tokens: range(text.ids.length, text.ids.length + piece.length) });
    text.ids.push(...piece, ...stop);
  }
  return texts.map(({ ids, phrases }) => ({ ids: [...ids, ...rest], phrases }));
}
