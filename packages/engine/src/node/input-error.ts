import { EngineError } from "../errors.ts";

export interface InputErrorDetails {
  readonly hint: string;
  /** The param at fault, by name. */
  readonly param?: string;
  /** The input at fault, by name. */
  readonly input?: string;
  readonly cause?: unknown;
}

/** What a node throws when the fault lies in what it was given, not in itself. */
export function inputError(
  what: string,
  { hint, param, input, cause }: InputErrorDetails,
): EngineError {
  const path = param === undefined ? input && `inputs.${input}` : `params.${param}`;
  return new EngineError("node.bad-input", what, {
    at: path === undefined ? {} : { path },
    hint,
    cause,
  });
}
