import type { JobStore } from "../job-store.ts";
import { createSqlJobStore } from "../sql-job-store.ts";
import { openPostgres } from "./open-postgres.ts";
import { toJob, toThumbnail } from "./rows.ts";
import { statements } from "./statements.ts";

/**
 * Opens a store that several servers share, each for a folder of its own: they see all jobs, and run
 * those of their folder.
 * @param connectionString Such as `postgres://user@host/database`.
 * Throws: `jobs.locked` where another process runs the folder's jobs, `jobs.unavailable`.
 */
export async function openPostgresJobStore(
  connectionString: string,
  folder: string,
): Promise<JobStore> {
  return createSqlJobStore({
    ...(await openPostgres(connectionString, folder)),
    statements,
    isShared: true,
    list: (texts) => texts ?? null,
    flag: (value) => value,
    job: toJob,
    thumbnail: toThumbnail,
  });
}
