import type { InArgs } from "@libsql/client/sqlite3";
import { EngineError } from "../../errors.ts";
import { jobStates } from "../../protocol/job-summary.ts";
import { type DatabaseFaults, openDatabase } from "../../sqlite/open-database.ts";
import type { JobStore } from "../job-store.ts";
import { migrations } from "./migrations.ts";
import { toJob, toSummary } from "./rows.ts";
import { statements } from "./statements.ts";

const faults: DatabaseFaults = {
  locked: (file, cause) =>
    new EngineError("jobs.locked", `another server uses "${file}"`, {
      hint: "Open that server's page, stop it, or set INSIGHTGRAPH_DATA to another folder.",
      cause,
    }),
  unavailable: (reason, cause) =>
    new EngineError("jobs.unavailable", `jobs cannot be kept: ${reason}`, {
      hint: "Update InsightGraph, make the folder writable, free space on its disk, or move a damaged file away.",
      cause,
    }),
};

/**
 * Opens the embedded store: one SQLite file, used by one process at a time.
 * @param file A path, or `:memory:`.
 * Throws: `jobs.locked` if another process has it open, `jobs.unavailable`.
 */
export async function openSqliteJobStore(file: string): Promise<JobStore> {
  const { query, change: changeRows, close } = await openDatabase({ file, migrations, faults });
  const change = async (sql: string, args: InArgs): Promise<boolean> =>
    (await changeRows(sql, args)) > 0;

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
    close,
  };
}
