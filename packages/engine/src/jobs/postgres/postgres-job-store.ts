import { hostname } from "node:os";
import { folderOn } from "../job.ts";
import type { JobStore } from "../job-store.ts";
import { createSqlJobStore } from "../sql-job-store.ts";
import { createJobExchange } from "./job-exchange.ts";
import { openPostgres } from "./open-postgres.ts";
import { toJob, toThumbnail } from "./rows.ts";
import { statements } from "./statements.ts";

/**
 * Opens a store that several servers share, each for a folder of its own: they see all jobs, and run
 * those of their folder.
 * @param connectionString Such as `postgres://user@host/database`.
 * @param folder Whose jobs this process runs. @default none
 * @param machine Names this machine among those that share the store.
 * Throws: `jobs.locked` where another process runs the folder's jobs, `jobs.old-schema`, `jobs.unavailable`.
 */
export async function openPostgresJobStore(
  connectionString: string,
  folder?: string,
  machine: string = hostname(),
): Promise<JobStore> {
  const own = folder === undefined ? undefined : folderOn(machine, folder);
  const database = await openPostgres(connectionString, own);
  return createSqlJobStore({
    ...database,
    statements,
    exchange: createJobExchange(database, machine),
    list: (texts) => texts ?? null,
    flag: (value) => value,
    job: toJob,
    thumbnail: toThumbnail,
  });
}
