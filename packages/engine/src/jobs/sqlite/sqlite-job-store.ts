import { EventEmitter } from "node:events";
import type { InArgs } from "@libsql/client/sqlite3";
import { EngineError } from "../../errors.ts";
import {
  type DatabaseFaults,
  type DatabaseStatement,
  openDatabase,
} from "../../sqlite/open-database.ts";
import type { JobStore } from "../job-store.ts";
import { createSqlJobStore } from "../sql-job-store.ts";
import { migrations } from "./migrations.ts";
import { toJob, toThumbnail } from "./rows.ts";
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
  const { query, changeAll, close } = await openDatabase({ file, migrations, faults });
  const asked = new EventEmitter<{ cancel: [id: string] }>();
  return createSqlJobStore({
    statements,
    askToCancel: async (id) => void asked.emit("cancel", id),
    onCancelAsked(listener) {
      asked.on("cancel", listener);
      return () => void asked.off("cancel", listener);
    },
    query: (sql, args) => query(sql, args as InArgs),
    changeAll: (changes) => changeAll(changes as readonly DatabaseStatement[]),
    list: (texts) => JSON.stringify(texts) ?? null,
    flag: Number,
    job: toJob,
    thumbnail: toThumbnail,
    close,
  });
}
