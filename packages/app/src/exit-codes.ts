import { EngineError, type ErrorCode } from "@insightgraph/engine/errors";

/** Exit codes of every command; docs/command.md lists them. */
export const exitCodes = { done: 0, failed: 1, invalid: 2, interrupted: 130 } as const;

/** Codes outside the families below that blame the input rather than the run. */
const invalidCodes: ReadonlySet<string> = new Set<ErrorCode>(["node.bad-input"]);
const invalidFamilies: ReadonlySet<string> = new Set([
  ...["graph", "param", "file", "command", "nodes", "registry", "manifest"],
]);

/** @returns the exit code for an error's code. */
export function exitCodeOf(code: ErrorCode): number {
  const [family = ""] = code.split(".");
  const isInvalid = invalidFamilies.has(family) || invalidCodes.has(code);
  return isInvalid ? exitCodes.invalid : exitCodes.failed;
}

/** @returns the exit code for anything thrown. */
export function exitCodeOfThrown(thrown: unknown): number {
  return thrown instanceof EngineError ? exitCodeOf(thrown.code) : exitCodes.failed;
}
