import { usageError } from "./parse-arguments.ts";

/** The number after `--priority`. Throws: command.usage. */
export function parsePriority(text: string): number {
  const priority = Number(text);
  if (Number.isInteger(priority) && Math.abs(priority) <= 1000) return priority;
  throw usageError(`--priority ${text}: this is no priority`, "Use a whole number to 1000.");
}
