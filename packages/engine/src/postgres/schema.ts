import type pg from "pg";
import { EngineError } from "../errors.ts";
import { migrations } from "./migrations.ts";

/** Tables of one origin in a database, which change together. */
export interface Schema {
  readonly name: string;
  /** The version that this InsightGraph works with. */
  readonly version: number;
  /** @returns the version that a database has; 0 where it has none */
  found(client: pg.ClientBase): Promise<number>;
  /** The statements that make this version of an earlier one, each ended by a semicolon; of 0, all tables. */
  plan(from: number): string;
}

/** Tables that are of an earlier version. */
export interface PendingSchema {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly plan: string;
}

/** Two processes that start at once prepare a database one after the other. */
const schemaLock = 0x1965_0001;

/** The version of tables that may be missing. @param column Where their one row has it. */
export async function versionIn(
  client: pg.ClientBase,
  table: string,
  column: string,
): Promise<number> {
  const { rows: found } = await client.query("SELECT to_regclass($1) AS name", [table]);
  if (found[0]?.name === null) return 0;
  const { rows } = await client.query(`SELECT max(${column}) AS version FROM ${table}`);
  return Number(rows[0]?.version ?? 0);
}

/** The tables of jobs, runs and outcomes. */
export const ownSchema: Schema = {
  name: "InsightGraph",
  version: migrations.length,
  found: (client) => versionIn(client, "migrations", "steps"),
  plan(from) {
    const table = "CREATE TABLE IF NOT EXISTS migrations (steps integer NOT NULL)";
    const steps = migrations
      .slice(from)
      .flatMap((step, at) => [...step, `INSERT INTO migrations VALUES (${from + at + 1})`]);
    return [...(from === 0 ? [table] : []), ...steps].map((sql) => `${sql};`).join("\n");
  },
};

/** Throws: `jobs.unavailable` for tables that a newer version has made; what the database throws. */
async function pendingOf(
  client: pg.ClientBase,
  schemas: readonly Schema[],
): Promise<readonly PendingSchema[]> {
  const pending: PendingSchema[] = [];
  for (const { name, version: to, found, plan } of schemas) {
    const from = await found(client);
    if (from > to) {
      throw new EngineError(
        "jobs.unavailable",
        `a newer InsightGraph has made the database's tables: ${name} ${from} instead of ${to}`,
        { hint: "Use that version here too." },
      );
    }
    if (from < to) pending.push({ name, from, to, plan: plan(from) });
  }
  return pending;
}

async function whileLocked<T>(client: pg.ClientBase, task: () => Promise<T>): Promise<T> {
  await client.query("SELECT pg_advisory_lock($1)", [schemaLock]);
  try {
    return await task();
  } finally {
    await client.query("SELECT pg_advisory_unlock($1)", [schemaLock]);
  }
}

/**
 * Makes tables that are missing; those of an earlier version it leaves as they are.
 * Throws: `jobs.old-schema`; `jobs.unavailable` for a newer version; what the database throws.
 */
export function requireSchemas(client: pg.ClientBase, schemas: readonly Schema[]): Promise<void> {
  return whileLocked(client, async () => {
    const pending = await pendingOf(client, schemas);
    const old = pending.filter(({ from }) => from > 0);
    if (old.length > 0) {
      const versions = old.map(({ name, from, to }) => `${name} ${from} instead of ${to}`);
      throw new EngineError(
        "jobs.old-schema",
        `the database's tables are of an earlier version: ${versions.join(", ")}`,
        {
          hint: "Run `insightgraph database check` to see what would change, stop all servers and workers, make a backup, then run `insightgraph database migrate`.",
        },
      );
    }
    for (const { plan } of pending) await client.query(plan);
  });
}

/** What a migration would change. Throws: as `requireSchemas`, without `jobs.old-schema`. */
export async function pendingSchemas(
  client: pg.ClientBase,
  schemas: readonly Schema[],
): Promise<readonly PendingSchema[]> {
  return (await pendingOf(client, schemas)).filter(({ from }) => from > 0);
}

/** Brings tables up to date, each schema in one transaction. @returns what has changed. Throws: as `pendingSchemas`. */
export function migrateSchemas(
  client: pg.ClientBase,
  schemas: readonly Schema[],
): Promise<readonly PendingSchema[]> {
  return whileLocked(client, async () => {
    const pending = await pendingOf(client, schemas);
    for (const { plan } of pending) await client.query(plan);
    return pending;
  });
}
