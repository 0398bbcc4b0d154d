import { singularsOf } from "../photographs/singular.ts";

/** Most words of an instruction. */
export const mostWords = 20;

const wordsOf = (text: string): readonly string[] =>
  text.toLowerCase().match(/[\p{L}\d'-]+/gu) ?? [];

/** The noun of a name: its last word, before an "of" or "with" that says more of it. */
function nounOf(name: string): string {
  const [core = ""] = name.replaceAll("_", " ").split(/ (?:of|with|in|on|at|for|from) /);
  return wordsOf(core).at(-1) ?? "";
}

function names(word: string, noun: string): boolean {
  return word === noun || singularsOf(word).includes(noun) || singularsOf(noun).includes(word);
}

/**
 * What is wrong with an instruction that is to point at an object without naming it, as a clause; undefined where nothing is.
 * @param name The object's name: neither its noun nor a plural of it may occur.
 */
export function instructionFault(text: string, name: string): string | undefined {
  const words = wordsOf(text);
  const noun = nounOf(name);
  if (words.length === 0) return "it is empty";
  if (words.length > mostWords) return `it has ${words.length} words, more than ${mostWords}`;
  if (noun !== "" && words.some((word) => names(word, noun)))
    return `it names the object ("${noun}")`;
  if (/[^\p{Script=Latin}\p{P}\p{S}\p{N}\s]/u.test(text)) return "it is not English";
  return undefined;
}
