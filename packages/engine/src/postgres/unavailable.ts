import { EngineError } from "../errors.ts";

/** The error for a database that does not answer as it should. */
export function unavailable(cause: unknown): EngineError {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const reason = cause instanceof Error && cause.message !== "" ? cause.message : code;
  return new EngineError("jobs.unavailable", `the database cannot be used: ${reason}`, {
    hint: "Check the address after --connect, and that PostgreSQL runs and lets you in.",
    cause,
  });
}
