import { usageError } from "./parse-arguments.ts";

export interface NumberRule {
  readonly min: number;
  readonly isWhole?: boolean;
}

/** Reads an option's number, or gives the default where it is absent. Throws: `command.usage`. */
export function parseNumber(
  option: string,
  text: string | undefined,
  fallback: number,
  { min, isWhole = false }: NumberRule,
): number {
  if (text === undefined) return fallback;
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isFinite(value) && value >= min && (!isWhole || Number.isInteger(value))) return value;
  const kind = isWhole ? "a whole number" : "a number";
  throw usageError(`--${option} ${text} is not ${kind} of ${min} or more`, "add --help.");
}
