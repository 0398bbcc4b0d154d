import { type JobState, jobStates } from "../protocol/job-summary.ts";
import type { Job, Thumbnail } from "./job.ts";
import type { JobExchange } from "./job-exchange.ts";
import type { createStatements } from "./job-statements.ts";
import type { JobStore } from "./job-store.ts";

/** A value as a statement takes it: a text, a number, bytes, or what `list` and `flag` make. */
type Value = string | number | boolean | Uint8Array | readonly string[] | null;

/** Values by the names that a statement has for them. */
export type Values = Readonly<Record<string, Value>>;

/** A row of a result. */
export type SqlRow = Readonly<Record<string, unknown>>;

/** A statement with its values. */
export interface SqlStatement {
  readonly sql: string;
  readonly args: Values;
}

/** A database that keeps jobs, and how values stand in it. */
export interface JobDatabase {
  readonly statements: ReturnType<typeof createStatements>;
  /** Where processes with other folders use it at the same time. */
  readonly exchange?: JobExchange;
  query(sql: string, args?: Values): Promise<readonly SqlRow[]>;
  /** All of the statements or none. @returns how many rows each changed */
  changeAll(statements: readonly SqlStatement[]): Promise<readonly number[]>;
  askToCancel(id: string): Promise<void>;
  onCancelAsked(listener: (id: string) => void): () => void;
  list(texts: readonly string[] | undefined): Value;
  flag(value: boolean): Value;
  job(row: SqlRow): Job;
  thumbnail(row: SqlRow): Thumbnail;
  close(): Promise<void>;
}

/** A store of jobs in a database, in whatever dialect of SQL. */
export function createSqlJobStore(database: JobDatabase): JobStore {
  const { statements, exchange, query, changeAll, list, flag, job, thumbnail } = database;
  const isShared = exchange !== undefined;
  const queueOf = (folder: string): string => (isShared ? "" : folder);
  const change = async (sql: string, args: Values): Promise<boolean> => {
    const [changed = 0] = await changeAll([{ sql, args }]);
    return changed > 0;
  };
  const jobsOf = async (sql: string, args: Values): Promise<string> => {
    const [row] = await query(sql, args);
    return String(row?.["jobs"]);
  };
  const listAsJson: JobStore["listAsJson"] = ({
    states = jobStates,
    order = "newest",
    tag = null,
    after = null,
    limit,
  }) => {
    const sql = order === "queue" ? statements.inOrder : statements.newest;
    return jobsOf(sql, { states: list(states), tag, after, limit });
  };

  return {
    async add({
      graph,
      outputs,
      tags = [],
      priority = 0,
      device = null,
      documentId = null,
      ...rest
    }) {
      const { id, client, requestId } = rest;
      const text = JSON.stringify(graph);
      await changeAll([
        {
          sql: statements.add,
          args: {
            ...rest,
            priority,
            device,
            documentId,
            tags: list(tags),
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
      return job(row);
    },
    async get(id) {
      const [row] = await query(statements.byId, { id });
      return row && job(row);
    },
    async thumbnail(id) {
      const [row] = await query(statements.thumbnail, { id });
      return row && thumbnail(row);
    },
    list: async (wanted) => JSON.parse(await listAsJson(wanted)),
    listAsJson,
    async counts() {
      const rows = await query(statements.counts);
      return new Map(rows.map((row) => [row["state"] as JobState, Number(row["jobs"])]));
    },
    async next({ folder, devices, limit }) {
      const args = { folder, devices: list(devices), limit };
      return JSON.parse(await jobsOf(statements.next, args));
    },
    async orphans(folder) {
      const args = { folder: isShared ? folder : null };
      return JSON.parse(await jobsOf(statements.running, args));
    },
    start: (id, startedMs) => change(statements.start, { id, startedMs }),
    async end(id, { state, endedMs, error, events, files = [], manifest = null, ...rest }) {
      const { thumbnail: picture } = rest;
      const text = JSON.stringify(events);
      const contents = {
        sql: statements.endContents,
        args: {
          ...{ id, events: text, thumbnail: picture?.bytes ?? null },
          mime: picture?.mime ?? null,
        },
      };
      const summary = {
        sql: statements.end,
        args: {
          ...{ id, state, endedMs, error: JSON.stringify(error) ?? null },
          files: list(files),
          manifest,
          hasThumbnail: flag(picture !== undefined),
          bytes: text.length + (picture?.bytes.length ?? 0),
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
        ...{ id, name, priority, tags: list(tags) },
        kept: isKept === undefined ? null : flag(isKept),
      }),
    askToCancel: database.askToCancel,
    onCancelAsked: database.onCancelAsked,
    async pause(folder, isPaused) {
      await change(statements.pause, { folder: queueOf(folder), paused: flag(isPaused) });
    },
    async isPaused(folder) {
      const [row] = await query(statements.isPaused, { folder: queueOf(folder) });
      return row?.["paused"] === flag(true);
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
    ...(exchange && { exchange }),
    close: database.close,
  };
}
