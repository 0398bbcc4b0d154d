import { mkdir } from "node:fs/promises";
import path from "node:path";
import { writeFault } from "@insightgraph/engine/cache";
import { type JobStore, openSqliteJobStore } from "@insightgraph/engine/jobs";
import { dataDir } from "../places.ts";

/**
 * Opens the store of a server's jobs.
 * @param database Of PostgreSQL. Omitted: a file in the data folder
 * @param folder The workspace, whose jobs this server runs
 * Throws: `jobs.locked` if another server uses the data folder, or runs the workspace's jobs in the
 * database; `jobs.unavailable`, a failed write.
 */
export async function openJobStore(
  database: string | undefined,
  folder: string,
): Promise<JobStore> {
  await mkdir(dataDir, { recursive: true }).catch((cause: unknown) => {
    throw writeFault(dataDir, cause);
  });
  // It also holds the data folder for this server alone.
  const local = await openSqliteJobStore(path.join(dataDir, "jobs.db"));
  if (database === undefined) return local;
  try {
    const { openPostgresJobStore } = await import("@insightgraph/engine/postgres");
    const shared = await openPostgresJobStore(database, folder);
    return { ...shared, close: () => shared.close().finally(local.close) };
  } catch (thrown) {
    await local.close();
    throw thrown;
  }
}
