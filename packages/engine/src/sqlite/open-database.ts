import { setImmediate } from "node:timers/promises";
import { type Client, createClient, type InArgs, type Row } from "@libsql/client/sqlite3";
import { EngineError } from "../errors.ts";

/** What to say where a database cannot be opened. */
export interface DatabaseFaults {
  /** Another process has the file open. */
  locked(file: string, cause: unknown): EngineError;
  /** The file is damaged, of a newer version, or cannot be written. */
  unavailable(reason: string, cause: unknown): EngineError;
}

/** A database, and the steps that made its schema what it is. */
export interface DatabaseOptions {
  /** A path, or `:memory:`. */
  readonly file: string;
  /** `PRAGMA user_version` counts those that a file has; a step that has shipped is never changed. */
  readonly migrations: readonly (readonly string[])[];
  readonly faults: DatabaseFaults;
}

/** A statement with its values. */
export interface DatabaseStatement {
  readonly sql: string;
  readonly args: InArgs;
}

/** An open SQLite file, used by this process alone. */
export interface Database {
  query(sql: string, args?: InArgs): Promise<readonly Row[]>;
  /** @returns how many rows it changed */
  change(sql: string, args?: InArgs): Promise<number>;
  /** All of the statements or none. @returns how many rows each changed */
  changeAll(statements: readonly DatabaseStatement[]): Promise<readonly number[]>;
  close(): Promise<void>;
}

const callsPerTurn = 64;

function hasCode(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && "code" in thrown && String(thrown.code).startsWith(code);
}

/** Why a statement failed, in words for people. */
function faultOf(cause: unknown, { file, faults }: DatabaseOptions): unknown {
  if (hasCode(cause, "SQLITE_FULL")) {
    return new EngineError("disk.full", `the disk has no room for "${file}"`, {
      hint: "Free space on the disk and try again.",
      cause,
    });
  }
  const isOfFile = ["SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CORRUPT"].some((code) =>
    hasCode(cause, code),
  );
  return isOfFile ? faults.unavailable(String((cause as Error).message), cause) : cause;
}

/** Takes the file for this process alone: the lock goes with the process, however it ends. */
async function lock(db: Client): Promise<void> {
  await db.execute("PRAGMA locking_mode = EXCLUSIVE");
  await db.execute("PRAGMA journal_mode = WAL");
  // A transaction survives the death of the process; the last ones may be lost with the power.
  await db.execute("PRAGMA synchronous = NORMAL");
}

/** Gives the file back: closing alone keeps the lock until the process collects its garbage. */
async function unlock(db: Client): Promise<void> {
  await db.execute("PRAGMA journal_mode = DELETE");
  await db.execute("PRAGMA locking_mode = NORMAL");
  // The lock goes with the next access.
  await db.execute("SELECT count(*) FROM sqlite_schema");
}

async function migrate(db: Client, { file, migrations }: DatabaseOptions): Promise<void> {
  const { rows } = await db.execute("PRAGMA user_version");
  const version = Number(rows[0]?.["user_version"] ?? 0);
  if (version > migrations.length) {
    throw new RangeError(`"${file}" was written by a newer InsightGraph`);
  }
  const steps = migrations.slice(version).flat();
  // Written even where nothing changes: this takes the lock.
  await db.batch([...steps, `PRAGMA user_version = ${migrations.length}`], "write");
}

/** Opens a SQLite file, brings its schema up to date and locks it. Throws: what `faults` makes. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { file, faults } = options;
  // A second connection of the same process would wait for the lock of the first one for ever.
  const db = createClient({ url: file === ":memory:" ? file : `file:${file}`, concurrency: 1 });
  try {
    await lock(db);
    await migrate(db, options);
  } catch (cause) {
    db.close();
    if (hasCode(cause, "SQLITE_BUSY")) throw faults.locked(file, cause);
    throw faults.unavailable(cause instanceof Error ? cause.message : String(cause), cause);
  }
  let calls = 0;
  /** Statements are freed in a turn of the event loop, which a chain of calls alone would never give. */
  const inTurn = async <T>(result: Promise<T>): Promise<T> => {
    const value = await result.catch((cause: unknown) => {
      throw faultOf(cause, options);
    });
    calls += 1;
    if (calls % callsPerTurn === 0) await setImmediate();
    return value;
  };
  return {
    query: async (sql, args = []) => (await inTurn(db.execute({ sql, args }))).rows,
    change: async (sql, args = []) => (await inTurn(db.execute({ sql, args }))).rowsAffected,
    async changeAll(statements) {
      const results = await inTurn(db.batch([...statements], "write"));
      return results.map(({ rowsAffected }) => rowsAffected);
    },
    async close() {
      await unlock(db);
      db.close();
    },
  };
}
