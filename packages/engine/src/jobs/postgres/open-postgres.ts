import { createHash } from "node:crypto";
import { EventEmitter } from "node:events";
import pg from "pg";
import { EngineError } from "../../errors.ts";
import { migrate, unavailable } from "../../postgres/migrate.ts";
import type { SqlRow, SqlStatement, Values } from "../sql-job-store.ts";

/** A PostgreSQL database, in which this process owns one folder's jobs. */
export interface Postgres {
  query(sql: string, args?: Values): Promise<readonly SqlRow[]>;
  /** All of the statements or none. @returns how many rows each changed */
  changeAll(statements: readonly SqlStatement[]): Promise<readonly number[]>;
  askToCancel(id: string): Promise<void>;
  onCancelAsked(listener: (id: string) => void): () => void;
  close(): Promise<void>;
}

/** Where processes ask each other to end a job. */
const cancelChannel = "insightgraph_cancel";
const connectTimeoutMs = 10_000;

/** A statement with `:name` in it as PostgreSQL takes it. */
function toNumbered(sql: string, args: Values): { text: string; values: unknown[] } {
  const names: string[] = [];
  const text = sql.replace(/:(\w+)/g, (_, name: string) => {
    if (!names.includes(name)) names.push(name);
    return `$${names.indexOf(name) + 1}`;
  });
  const toValue = (value: unknown): unknown =>
    value instanceof Uint8Array ? Buffer.from(value) : value;
  return { text, values: names.map((name) => toValue(args[name])) };
}

/** Owns a folder as long as its connection lives; where that is lost, the folder is taken again. */
function createOwnership(
  connect: () => Promise<pg.Client>,
  folder: string,
  onCancelAsked: (id: string) => void,
) {
  const key = createHash("sha256").update(folder).digest().readBigInt64BE().toString();
  let owner: Promise<pg.Client> | undefined;
  const take = async (): Promise<pg.Client> => {
    const client = await connect();
    client.on("error", () => {});
    client.on("end", () => {
      owner = undefined;
    });
    const { rows } = await client.query("SELECT pg_try_advisory_lock($1) AS taken", [key]);
    if (rows[0]?.taken === true) {
      client.on("notification", ({ payload = "" }) => onCancelAsked(payload));
      await client.query(`LISTEN ${cancelChannel}`);
      return client;
    }
    await client.end();
    throw new EngineError("jobs.locked", `another server runs the jobs of "${folder}"`, {
      hint: "Open that server's page, stop it, or serve a graph of another folder.",
    });
  };
  return {
    /** Throws: `jobs.locked`. */
    async check(): Promise<void> {
      const current = owner ?? take();
      owner = current;
      await current.catch((thrown: unknown) => {
        owner = undefined;
        throw thrown;
      });
    },
    release: async () => (await owner)?.end(),
  };
}

/**
 * Opens a database and brings its schema up to date; this process owns the folder's jobs until it ends.
 * @param connectionString Such as `postgres://user@host/database`.
 * Throws: `jobs.locked` where another process owns the folder, `jobs.unavailable`.
 */
export async function openPostgres(connectionString: string, folder: string): Promise<Postgres> {
  const options = { connectionString, connectionTimeoutMillis: connectTimeoutMs };
  const pool = new pg.Pool({ ...options, max: 4 });
  // A connection that is lost while nobody uses it is replaced by the next one.
  pool.on("error", () => {});
  const asked = new EventEmitter<{ cancel: [id: string] }>();
  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client(options);
    await client.connect();
    return client;
  };
  const ownership = createOwnership(connect, folder, (id) => void asked.emit("cancel", id));
  const use = async <T>(task: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
    try {
      await ownership.check();
      const client = await pool.connect();
      try {
        return await task(client);
      } finally {
        client.release();
      }
    } catch (cause) {
      throw cause instanceof EngineError ? cause : unavailable(cause);
    }
  };
  const close = async (): Promise<void> => {
    await ownership.release();
    await pool.end();
  };
  try {
    await use(migrate);
  } catch (thrown) {
    await pool.end();
    throw thrown;
  }
  return {
    query: (sql, args = {}) =>
      use(async (client) => (await client.query(toNumbered(sql, args))).rows as SqlRow[]),
    changeAll: (statements) =>
      use(async (client) => {
        await client.query("BEGIN");
        try {
          const counts: number[] = [];
          for (const { sql, args } of statements) {
            counts.push((await client.query(toNumbered(sql, args))).rowCount ?? 0);
          }
          await client.query("COMMIT");
          return counts;
        } catch (thrown) {
          await client.query("ROLLBACK").catch(() => {});
          throw thrown;
        }
      }),
    async askToCancel(id) {
      await use((client) => client.query("SELECT pg_notify($1, $2)", [cancelChannel, id]));
    },
    onCancelAsked(listener) {
      asked.on("cancel", listener);
      return () => void asked.off("cancel", listener);
    },
    close,
  };
}
