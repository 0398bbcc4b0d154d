import { unfitArgument } from "../errors.ts";
import type { DetectOptions } from "./detector.ts";

/** The words that a detector without kinds of its own looks for, each once. Throws: argument.unfit at `kind`. */
export function requireWords({ labels = [] }: DetectOptions): readonly string[] {
  const words = [...new Set(labels)];
  if (words.length > 0) return words;
  throw unfitArgument(
    "kind",
    "this detector has to be told what to look for.",
    "Name an object, or use a detector that knows kinds of its own.",
  );
}
