import { EngineError, type ErrorCode } from "@insightgraph/engine/errors";

export const DONE = 0;
export const FAILED = 1;
export const INVALID = 2;
export const INTERRUPTED = 130;

/** Codes outside the families below that blame what was given, not the run. */
const invalidCodes: ReadonlySet<string> = new Set<ErrorCode>(["node.bad-input"]);
const invalidFamilies: ReadonlySet<string> = new Set([
  ...["graph", "param", "file", "command", "nodes", "registry", "manifest"],
]);

/** @returns the exit code for an error's code. */
export function exitCodeOf(code: ErrorCode): number {
  const [family = ""] = code.split(".");
  return invalidFamilies.has(family) || invalidCodes.has(code) ? INVALID : FAILED;
}

/** @returns the exit code for anything thrown. */
export function exitCodeOfThrown(thrown: unknown): number {
  return thrown instanceof EngineError ? exitCodeOf(thrown.code) : FAILED;
}
