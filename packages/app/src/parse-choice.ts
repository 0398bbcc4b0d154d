import { usageError } from "./parse-arguments.ts";

/** Reads an option with a fixed set of words; gives the default if it is absent. Throws: `command.usage`. */
export function parseChoice<Word extends string>(
  option: string,
  text: string | undefined,
  fallback: NoInfer<Word>,
  words: readonly Word[],
): Word {
  if (text === undefined) return fallback;
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  throw usageError(`--${option} ${text} is none of ${words.join(", ")}`, "Run it with --help.");
}
