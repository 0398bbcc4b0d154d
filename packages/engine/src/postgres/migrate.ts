import type pg from "pg";
import { EngineError } from "../errors.ts";
import { migrations } from "./migrations.ts";

/** Two processes that start at once migrate one after the other. */
const migrationLock = 0x1965_0001;

/** The error for a database that does not answer as it should. */
export function unavailable(cause: unknown): EngineError {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const reason = cause instanceof Error && cause.message !== "" ? cause.message : code;
  return new EngineError("jobs.unavailable", `the database cannot be used: ${reason}`, {
    hint: "Check the address after --connect, and that PostgreSQL runs and lets you in.",
    cause,
  });
}

/** Brings a database up to date. Throws: for one that a newer version has written; what the database throws. */
export async function migrate(client: pg.ClientBase): Promise<void> {
  await client.query("SELECT pg_advisory_lock($1)", [migrationLock]);
  try {
    await client.query("CREATE TABLE IF NOT EXISTS migrations (steps integer NOT NULL)");
    const { rows } = await client.query("SELECT max(steps) AS steps FROM migrations");
    const done = Number(rows[0]?.steps ?? 0);
    if (done > migrations.length) throw new RangeError("a newer InsightGraph has written it");
    for (const [at, step] of migrations.entries()) {
      if (at < done) continue;
      const statements = [...step, `INSERT INTO migrations VALUES (${at + 1})`];
      // Several statements in one call are one transaction.
      await client.query(statements.join(";"));
    }
  } finally {
    await client.query("SELECT pg_advisory_unlock($1)", [migrationLock]);
  }
}
