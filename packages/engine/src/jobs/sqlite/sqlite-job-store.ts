import type { InArgs } from "@libsql/client/sqlite3";
import { EngineError } from "../../errors.ts";
import { type JobState, jobStates } from "../../protocol/job-summary.ts";
import { type DatabaseFaults, openDatabase } from "../../sqlite/open-database.ts";
import type { JobStore } from "../job-store.ts";
import { migrations } from "./migrations.ts";
import { toJob, toSummaries, toThumbnail } from "./rows.ts";
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
  const {
    query,
    change: changeRows,
    changeAll,
    close,
  } = await openDatabase({
    file,
    migrations,
    faults,
  });
  const change = async (sql: string, args: InArgs): Promise<boolean> =>
    (await changeRows(sql, args)) > 0;

  return {
    async add({
      graph,
      outputs,
      tags = [],
      priority = 0,
      device = null,
      documentId = null,
      ...job
    }) {
      const { id, client, requestId } = job;
      const text = JSON.stringify(graph);
      await changeAll([
        {
          sql: statements.add,
          args: {
            ...job,
            priority,
            device,
            documentId,
            tags: JSON.stringify(tags),
            bytes: text.length,
          },
        },
        {
          sql: statements.addContents,
          args: { id, graph: text, outputs: JSON.stringify(outputs) ?? null },
        },
      ]);
      const [row] = await query(statements.byRequest, { client, requestId });
      if (row === undefined) throw new TypeError("the job that was added is not there");
      return toJob(row);
    },
    async get(id) {
      const [row] = await query(statements.byId, { id });
      return row && toJob(row);
    },
    async thumbnail(id) {
      const [row] = await query(statements.thumbnail, { id });
      return row && toThumbnail(row);
    },
    async list({ states = jobStates, order = "newest", tag = null, after = null, limit }) {
      const sql = order === "queue" ? statements.inOrder : statements.newest;
      const [row] = await query(sql, { states: JSON.stringify(states), tag, after, limit });
      return toSummaries(row);
    },
    async counts() {
      const rows = await query(statements.counts);
      return new Map(rows.map((row) => [row["state"] as JobState, Number(row["jobs"])]));
    },
    async next({ folder, devices, limit }) {
      const args = { folder, devices: JSON.stringify(devices) ?? null, limit };
      const [row] = await query(statements.next, args);
      return toSummaries(row);
    },
    start: (id, startedMs) => change(statements.start, { id, startedMs }),
    async end(id, { state, endedMs, error, events, files = [], manifest = null, thumbnail }) {
      const text = JSON.stringify(events);
      const contents = {
        sql: statements.endContents,
        args: {
          ...{ id, events: text, thumbnail: thumbnail?.bytes ?? null },
          mime: thumbnail?.mime ?? null,
        },
      };
      const summary = {
        sql: statements.end,
        args: {
          ...{ id, state, endedMs, error: JSON.stringify(error) ?? null },
          files: JSON.stringify(files),
          manifest,
          hasThumbnail: thumbnail === undefined ? 0 : 1,
          bytes: text.length + (thumbnail?.bytes.length ?? 0),
        },
      };
      const [, ended = 0] = await changeAll([contents, summary]);
      return ended > 0;
    },
    requeue: (id) => change(statements.requeue, { id }),
    async move(id, beforeId) {
      const anew = { sql: statements.rankAnew, args: { id } };
      const move =
        beforeId === undefined
          ? { sql: statements.moveLast, args: { id } }
          : { sql: statements.moveBefore, args: { id, beforeId } };
      const [, moved = 0] = await changeAll([anew, move]);
      return moved > 0;
    },
    mark: (id, { name = null, tags, isKept, priority = null }) =>
      change(statements.mark, {
        ...{ id, name, priority, tags: JSON.stringify(tags) ?? null },
        kept: isKept === undefined ? null : Number(isKept),
      }),
    async pause(folder, isPaused) {
      await change(statements.pause, { folder, paused: Number(isPaused) });
    },
    async isPaused(folder) {
      const [row] = await query(statements.isPaused, { folder });
      return row?.["paused"] === 1;
    },
    remove: (id) => change(statements.remove, { id }),
    async trim({ maxEnded, maxWithEvents, endedBeforeMs, maxBytes }) {
      await changeAll([
        { sql: statements.trimCount, args: { maxEnded } },
        { sql: statements.trimAge, args: { endedBeforeMs } },
        { sql: statements.trimBytes, args: { maxBytes } },
        { sql: statements.dropEvents, args: { maxWithEvents } },
      ]);
    },
    close,
  };
}
