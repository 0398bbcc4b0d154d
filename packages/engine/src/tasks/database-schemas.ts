import pg from "pg";
import { getConstructionPlans, getMigrationPlans } from "pg-boss";
import facts from "pg-boss/package.json" with { type: "json" };
import { EngineError } from "../errors.ts";
import {
  migrateSchemas,
  ownSchema,
  type PendingSchema,
  pendingSchemas,
  requireSchemas,
  type Schema,
  versionIn,
} from "../postgres/schema.ts";
import { unavailable } from "../postgres/unavailable.ts";

/** pg-boss's own plan builds indexes after its transaction, beside running workers; here all is one transaction. */
function bossPlan(from: number): string {
  const plan = getMigrationPlans("pgboss", from);
  return `${plan.replace("COMMIT;", "").replaceAll(" CONCURRENTLY", "")}\nCOMMIT;`;
}

const bossSchema: Schema = {
  name: "pg-boss",
  version: facts.pgboss.schema,
  found: (client) => versionIn(client, "pgboss.version", "version"),
  plan: (from) => (from === 0 ? getConstructionPlans() : bossPlan(from)),
};
const schemas = [ownSchema, bossSchema];

async function withClient<T>(
  connectionString: string,
  task: (client: pg.Client) => Promise<T>,
): Promise<T> {
  let client: pg.Client | undefined;
  try {
    // Reads the address, and the files that it names.
    client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 });
    // What ends the connection also fails the statement that waits.
    client.on("error", () => {});
    await client.connect();
    return await task(client);
  } catch (cause) {
    throw cause instanceof EngineError ? cause : unavailable(cause);
  } finally {
    await client?.end();
  }
}

/** Makes the tables that tasks need in an empty database. Throws: `jobs.old-schema`, `jobs.unavailable`. */
export function requireDatabase(connectionString: string): Promise<void> {
  return withClient(connectionString, (client) => requireSchemas(client, schemas));
}

/** What a migration of a database would change. Throws: `jobs.unavailable`. */
export function checkDatabase(connectionString: string): Promise<readonly PendingSchema[]> {
  return withClient(connectionString, (client) => pendingSchemas(client, schemas));
}

/** Brings a database up to date. @returns what has changed. Throws: `jobs.unavailable`. */
export function migrateDatabase(connectionString: string): Promise<readonly PendingSchema[]> {
  return withClient(connectionString, (client) => migrateSchemas(client, schemas));
}
