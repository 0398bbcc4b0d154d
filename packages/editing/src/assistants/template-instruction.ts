import { unfitArgument } from "../errors.ts";
import type { PairOperation } from "./assistant.ts";

/** A name with its indefinite article; "some" before plurals. */
export function withArticle(name: string): string {
  if (/[^su]s$/.test(name)) return `some ${name}`;
  return `${/^[aeiou]/.test(name) ? "an" : "a"} ${name}`;
}

/** The plain instructions for an edit, the first one first; replacements have two wordings. */
export function templateInstructions(
  operation: PairOperation,
  object: string,
  replacement: string,
): readonly string[] {
  const name = object.replaceAll("_", " ").trim();
  if (name === "") {
    throw unfitArgument("object", "the object has no name.", "Name it, such as: red cup.");
  }
  if (operation === "remove") return [`remove the ${name}`];
  if (operation === "add") return [`add ${withArticle(name)}`];
  const other = replacement.replaceAll("_", " ").trim();
  if (other === "") {
    const hint = "Say what comes in its place, such as: blue mug.";
    throw unfitArgument("replacement", "the replacement has no name.", hint);
  }
  return [`change the ${name} to ${other}`, `replace the ${name} with ${other}`];
}
