import { EngineError } from "../errors.ts";

/** Which input or param is wrong, and what to do about it. */
export interface InputErrorDetails {
  readonly hint: string;
  /** The param at fault, by name. */
  readonly param?: string;
  /** The input at fault, by name. */
  readonly input?: string;
  readonly cause?: unknown;
}

/** The error that a node throws when an input or a param is wrong: `node.bad-input`. */
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

/** The ports and params by which an argument at fault is shown. */
interface Arguments {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly params: Readonly<Record<string, unknown>>;
}

/**
 * Libraries that know no graph name the argument at fault in a field `argument`; here it becomes the input or param of
 * that name. Anything else is given back as it is.
 */
export function toInputError(thrown: unknown, { inputs, params }: Arguments): unknown {
  if (!(thrown instanceof Error)) return thrown;
  const { argument, what, hint } = thrown as Error & Partial<Record<string, unknown>>;
  if (typeof argument !== "string" || typeof what !== "string" || typeof hint !== "string") {
    return thrown;
  }
  const place = Object.hasOwn(params, argument)
    ? { param: argument }
    : Object.hasOwn(inputs, argument)
      ? { input: argument }
      : {};
  return inputError(what, { ...place, hint, cause: thrown });
}
