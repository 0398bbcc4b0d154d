import { usageError } from "./parse-arguments.ts";

/** Bounds of a number, both included. */
export interface NumberRule {
  readonly min: number;
  readonly max?: number;
  readonly isWhole?: boolean;
}

/** Reads a numeric option; gives the default if it is absent. Throws: `command.usage`. */
export function parseNumber(
  option: string,
  text: string | undefined,
  fallback: number,
  { min, max = Number.POSITIVE_INFINITY, isWhole = false }: NumberRule,
): number {
  if (text === undefined) return fallback;
  const value = text.trim() === "" ? Number.NaN : Number(text);
  const isWithin = Number.isFinite(value) && value >= min && value <= max;
  if (isWithin && (!isWhole || Number.isInteger(value))) return value;
  const kind = isWhole ? "a whole number" : "a number";
  const range = Number.isFinite(max) ? `from ${min} to ${max}` : `of ${min} or more`;
  throw usageError(`--${option} ${text} is not ${kind} ${range}`, "Run it with --help.");
}
