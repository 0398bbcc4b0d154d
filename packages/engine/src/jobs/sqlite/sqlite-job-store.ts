import { type Client, createClient, type InArgs } from "@libsql/client/sqlite3";
import { EngineError } from "../../errors.ts";
import { jobStates } from "../../protocol/job-summary.ts";
import type { JobStore } from "../job-store.ts";
import { migrations } from "./migrations.ts";
import { toJob, toSummary } from "./rows.ts";
import { statements } from "./statements.ts";

function isBusy(thrown: unknown): boolean {
  return (
    thrown instanceof Error && "code" in thrown && String(thrown.code).startsWith("SQLITE_BUSY")
  );
}

function openFault(file: string, cause: unknown): EngineError {
  if (cause instanceof EngineError) return cause;
  if (isBusy(cause)) {
    return new EngineError("jobs.locked", `another server uses "${file}"`, {
      hint: "Open that server's page, stop it, or set INSIGHTGRAPH_DATA to another folder.",
      cause,
    });
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new EngineError("jobs.unavailable", `jobs cannot be kept in "${file}": ${reason}`, {
    hint: "Make the folder writable and free space on its disk, or move a damaged file away.",
    cause,
  });
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
  await db.execute(statements.probe);
}

async function migrate(db: Client, file: string): Promise<void> {
  const { rows } = await db.execute("PRAGMA user_version");
  const version = Number(rows[0]?.["user_version"] ?? 0);
  if (version > migrations.length) {
    throw new EngineError("jobs.unavailable", `"${file}" was written by a newer InsightGraph`, {
      hint: "Update InsightGraph, or set INSIGHTGRAPH_DATA to another folder.",
    });
  }
  const steps = migrations.slice(version).flat();
  // Written even where nothing changes: this takes the lock.
  await db.batch([...steps, `PRAGMA user_version = ${migrations.length}`], "write");
}

/**
 * Opens the embedded store: one SQLite file, used by one process at a time.
 * @param file A path, or `:memory:`.
 * Throws: `jobs.locked` if another process has it open, `jobs.unavailable`.
 */
export async function openSqliteJobStore(file: string): Promise<JobStore> {
  const db = createClient({ url: file === ":memory:" ? file : `file:${file}` });
  try {
    await lock(db);
    await migrate(db, file);
  } catch (cause) {
    db.close();
    throw openFault(file, cause);
  }
  const query = async (sql: string, args: InArgs) => (await db.execute({ sql, args })).rows;
  const change = async (sql: string, args: InArgs): Promise<boolean> =>
    (await db.execute({ sql, args })).rowsAffected > 0;

  return {
    async add({ graph, outputs, ...job }) {
      const texts = { graph: JSON.stringify(graph), outputs: JSON.stringify(outputs) ?? null };
      await change(statements.add, { ...job, ...texts });
      const { client, requestId } = job;
      const [row] = await query(statements.byRequest, { client, requestId });
      if (row === undefined) throw new TypeError("the job that was added is not there");
      return toJob(row);
    },
    async get(id) {
      const [row] = await query(statements.byId, { id });
      return row && toJob(row);
    },
    async list({ states = jobStates, limit }) {
      const rows = await query(statements.list, { states: JSON.stringify(states), limit });
      return rows.map(toSummary);
    },
    async count(state) {
      const [row] = await query(statements.count, { state });
      return Number(row?.["jobs"] ?? 0);
    },
    nextOfEachClient: async (folder) =>
      (await query(statements.nextOfEachClient, { folder })).map(toSummary),
    start: (id, startedMs) => change(statements.start, { id, startedMs }),
    end: (id, { state, endedMs, error, events }) =>
      change(statements.end, {
        ...{ id, state, endedMs, events: JSON.stringify(events) },
        error: JSON.stringify(error) ?? null,
      }),
    requeue: (id) => change(statements.requeue, { id }),
    remove: (id) => change(statements.remove, { id }),
    async trim({ maxEnded, maxWithEvents }) {
      await change(statements.trim, { maxEnded });
      await change(statements.dropEvents, { maxWithEvents });
    },
    async close() {
      await unlock(db);
      db.close();
    },
  };
}
