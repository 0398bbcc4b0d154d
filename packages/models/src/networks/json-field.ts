import { ModelError } from "../errors.ts";

/** A JSON object. */
export type Json = Readonly<Record<string, unknown>>;

/** A field of a config.json that is not what it must be. */
export function fieldError(at: string, name: string, wanted: string, found: unknown): ModelError {
  return new ModelError("config.field", `needs ${wanted}, found ${JSON.stringify(found)}.`, {
    at: `${at}: ${name}`,
    hint: "Use the config.json that belongs to the weights.",
  });
}

/** Whether a value is a whole number of at least 1. */
export const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) > 0;
