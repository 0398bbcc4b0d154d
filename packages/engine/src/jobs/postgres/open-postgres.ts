import { EventEmitter } from "node:events";
import pg from "pg";
import { EngineError } from "../../errors.ts";
import { ownSchema, requireSchemas } from "../../postgres/schema.ts";
import { unavailable } from "../../postgres/unavailable.ts";
import type { JobChange } from "../job-exchange.ts";
import type { SqlRow, SqlStatement, Values } from "../sql-job-store.ts";
import { cancelChannel, listenTo } from "./listen.ts";

/** A PostgreSQL database, in which this process owns one folder's jobs, or none. */
export interface Postgres {
  query(sql: string, args?: Values): Promise<readonly SqlRow[]>;
  /** All of the statements or none. @returns how many rows each changed */
  changeAll(statements: readonly SqlStatement[]): Promise<readonly number[]>;
  askToCancel(id: string): Promise<void>;
  onCancelAsked(listener: (id: string) => void): () => void;
  onChange(listener: (change: JobChange) => void): () => void;
  close(): Promise<void>;
}

const connectTimeoutMs = 10_000;

function ignore(): void {}

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

/**
 * Opens a database, and makes its tables where it has none; this process owns the folder's jobs until it ends.
 * @param connectionString Such as `postgres://user@host/database`.
 * Throws: `jobs.locked` where another process owns the folder, `jobs.old-schema`, `jobs.unavailable`.
 */
export async function openPostgres(
  connectionString: string,
  folder: string | undefined,
): Promise<Postgres> {
  const options = { connectionString, connectionTimeoutMillis: connectTimeoutMs };
  const pool = new pg.Pool({ ...options, max: 4 });
  // A connection that is lost while nobody uses it is replaced by the next one.
  pool.on("error", ignore);
  // While one is used, the statement that is under way fails as well; between two, nobody else listens.
  pool.on("connect", (client) => void client.on("error", ignore));
  const heard = new EventEmitter<{ cancel: [id: string]; change: [change: JobChange] }>();
  const connection = listenTo(options, folder, {
    cancelAsked: (id) => void heard.emit("cancel", id),
    changed: (change) => void heard.emit("change", change),
  });
  const use = async <T>(task: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
    try {
      await connection.check();
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
    await connection.close();
    await pool.end();
  };
  try {
    await use((client) => requireSchemas(client, [ownSchema]));
  } catch (thrown) {
    await close();
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
      await use(async (client) => {
        await client.query("UPDATE jobs SET cancel_asked = true WHERE id = $1", [id]);
        await client.query("SELECT pg_notify($1, $2)", [cancelChannel, id]);
      });
    },
    onCancelAsked(listener) {
      heard.on("cancel", listener);
      return () => void heard.off("cancel", listener);
    },
    onChange(listener) {
      heard.on("change", listener);
      return () => void heard.off("change", listener);
    },
    close,
  };
}
