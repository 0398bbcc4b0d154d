import { type Db, PgBoss } from "pg-boss";
import { EngineError } from "../errors.ts";
import type { Json } from "../graph/document.ts";
import { unavailable } from "../postgres/unavailable.ts";
import { requireDatabase } from "./database-schemas.ts";
import {
  type ClaimedTask,
  type KeptOutcome,
  maxDeaths,
  type TaskItem,
  type TaskQueue,
} from "./task.ts";

/** Of what tasks and outcomes are made of. Workers that speak another version leave a run alone. */
const protocol = 1;
/** A worker that has not been heard of for so long is dead; pg-boss takes no less. */
const heartbeatSeconds = 10;
/** How often the dead are looked for. */
const superviseIntervalSeconds = 2;
/** Longest time of a task: a worker shows that it is alive, so this is far above any. */
const expireInSeconds = 23 * 60 * 60;
/** Connections of a process. */
const maxConnections = 4;
/** A statement that has no answer after so long has a connection that is lost. */
const answerMs = 60_000;
/** A process that stands still in a transaction, such as one that SLURM suspends, holds up nobody for longer. */
const serverOptions = "-c idle_in_transaction_session_timeout=20000";

interface TaskData {
  readonly items: readonly TaskItem[];
}

const statements = {
  begin: `INSERT INTO runs (id, protocol, nodes, description, created_ms) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (id) DO NOTHING`,
  end: "DELETE FROM runs WHERE id = $1",
  description: "SELECT description FROM runs WHERE id = $1",
  usable: `SELECT id FROM runs WHERE protocol = $1 AND nodes = $2
    ORDER BY id = $3 DESC, created_ms`,
  outcomes: `SELECT place, key, fingerprint, outcome FROM outcomes
    WHERE run = $1 AND place > $2 ORDER BY place LIMIT $3`,
  keep: `INSERT INTO outcomes (run, key, fingerprint, outcome)
    SELECT $1, key, fingerprint, outcome
    FROM json_to_recordset($2) AS kept (key text, fingerprint text, outcome text)`,
} as const;

/** The queue of the tasks that no worker gets any more. */
function deadOf(run: string): string {
  return `${run}.dead`;
}

async function startBoss(connectionString: string, log: (text: string) => void): Promise<PgBoss> {
  // pg-boss passes all of them on to pg, although its types know only some.
  const connection = { connectionString, max: maxConnections, options: serverOptions };
  const signs = { keepAlive: true, keepAliveInitialDelayMillis: 10_000, query_timeout: answerMs };
  const boss = new PgBoss({
    ...{ ...connection, ...signs, schedule: false, migrate: false },
    ...{ superviseIntervalSeconds, monitorIntervalSeconds: superviseIntervalSeconds },
  });
  boss.on("error", (error) => log(`tasks: ${error.message}`));
  return boss.start();
}

async function inTransaction<T>(
  boss: PgBoss,
  task: (db: Db) => Promise<T | undefined>,
): Promise<T | undefined> {
  const transaction = await boss.getDb().beginTransaction?.();
  if (transaction === undefined) throw new TypeError("the database has no transactions");
  try {
    const result = await task(transaction.db);
    if (result === undefined) await transaction.rollback();
    else await transaction.commit();
    return result;
  } catch (thrown) {
    await transaction.rollback();
    throw thrown;
  }
}

async function rowsOf(
  boss: PgBoss,
  text: string,
  values: unknown[],
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  return (await boss.getDb().executeSql(text, values)).rows;
}

/** Whether a command changed anything; pg-boss's types leave out that it says so. */
function hasChanged(response: object): boolean {
  return "affected" in response && response.affected !== 0;
}

function attemptOf({ id, deaths }: ClaimedTask): { id: string; retryCount: number } {
  return { id, retryCount: deaths };
}

async function descriptionOf(boss: PgBoss, run: string): Promise<Json | undefined> {
  const [row] = await rowsOf(boss, statements.description, [run]);
  return row && (JSON.parse(String(row["description"])) as Json);
}

/** What is asked of a run's queue; where the run has ended there is none. */
async function unlessEnded<T>(
  boss: PgBoss,
  run: string,
  ask: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await ask();
  } catch (thrown) {
    if ((await descriptionOf(boss, run)) === undefined) return undefined;
    throw thrown;
  }
}

/** What a worker asks. */
function workerSide(boss: PgBoss): Pick<TaskQueue, "claim" | "description" | "beat" | "commit"> {
  return {
    description: (run) => descriptionOf(boss, run),
    async claim(nodes, preferred = "") {
      for (const { id } of await rowsOf(boss, statements.usable, [protocol, nodes, preferred])) {
        const run = String(id);
        const fetched = await unlessEnded(boss, run, () =>
          boss.fetch<TaskData>(run, { includeMetadata: true }),
        );
        const [job] = fetched ?? [];
        if (job === undefined) continue;
        return { id: job.id, run, items: job.data.items, deaths: job.retryCount };
      }
      return undefined;
    },
    async beat(task) {
      const touched = await unlessEnded(boss, task.run, () =>
        boss.touch(task.run, attemptOf(task)),
      );
      return touched !== undefined && hasChanged(touched);
    },
    async commit(task, outcomes, rest) {
      const { run } = task;
      const commit = () =>
        inTransaction(boss, async (db) => {
          // First of all: no row changes where the attempt is not the task's latest.
          const completed = await boss.complete(run, attemptOf(task), null, { db });
          if (!hasChanged(completed)) return undefined;
          const kept = outcomes.map(({ outcome, ...item }) => {
            return { ...item, outcome: JSON.stringify(outcome) };
          });
          await db.executeSql(statements.keep, [run, JSON.stringify(kept)]);
          if (rest.length > 0)
            await boss.insert(
              run,
              rest.map((items) => ({ data: { items } })),
              { db },
            );
          return true;
        });
      return (await unlessEnded(boss, run, commit)) ?? false;
    },
  };
}

/** What is asked by whoever has the tasks. */
function ownerSide(boss: PgBoss): Omit<TaskQueue, keyof ReturnType<typeof workerSide> | "close"> {
  return {
    async begin({ id, nodes, description }) {
      await boss.createQueue(deadOf(id));
      await boss.createQueue(id, {
        ...{ retryLimit: maxDeaths - 1, retryDelay: 0, heartbeatSeconds, expireInSeconds },
        deadLetter: deadOf(id),
      });
      const values = [id, protocol, nodes, JSON.stringify(description), Date.now()];
      await rowsOf(boss, statements.begin, values);
    },
    async submit(run, tasks) {
      await boss.insert(
        run,
        tasks.map((items) => ({ data: { items } })),
      );
    },
    async outcomes(run, after, limit) {
      const rows = await rowsOf(boss, statements.outcomes, [run, after, limit]);
      return rows.map(
        ({ place, key, fingerprint, outcome }): KeptOutcome => ({
          ...{ place: Number(place), key: String(key), fingerprint: String(fingerprint) },
          outcome: JSON.parse(String(outcome)) as Json,
        }),
      );
    },
    async takeDead(run) {
      const fetch = () => boss.fetch<TaskData>(deadOf(run), { batchSize: 100 });
      const jobs = (await unlessEnded(boss, run, fetch)) ?? [];
      if (jobs.length > 0)
        await boss.complete(
          deadOf(run),
          jobs.map(({ id }) => id),
        );
      return jobs.flatMap(({ data }) => data.items);
    },
    async end(run) {
      for (const name of [run, deadOf(run)]) {
        if ((await boss.getQueue(name)) !== null) await boss.deleteQueue(name);
      }
      await rowsOf(boss, statements.end, [run]);
    },
  };
}

/** Faults of the database in the engine's form. */
function namingFaults<Queue extends object>(queue: Queue): Queue {
  const named = Object.entries(queue).map(([name, ask]) => [
    name,
    async (...args: unknown[]) => {
      try {
        return await ask(...args);
      } catch (cause) {
        throw cause instanceof EngineError ? cause : unavailable(cause);
      }
    },
  ]);
  return Object.fromEntries(named) as Queue;
}

/**
 * Opens the tasks of a database, and makes its tables where it has none.
 * @param log Receives faults that nobody waits for.
 * Throws: `jobs.old-schema`; `jobs.unavailable`, as do all methods.
 */
export async function openTaskQueue(
  connectionString: string,
  log: (text: string) => void,
): Promise<TaskQueue> {
  try {
    await requireDatabase(connectionString);
    const boss = await startBoss(connectionString, log);
    const close = (): Promise<void> => boss.stop({ graceful: false });
    return namingFaults({ ...ownerSide(boss), ...workerSide(boss), close });
  } catch (cause) {
    throw cause instanceof EngineError ? cause : unavailable(cause);
  }
}
