import { PgBoss } from "pg-boss";
import { EngineError } from "../errors.ts";
import type { Json } from "../graph/document.ts";
import { unavailable } from "../postgres/unavailable.ts";
import { deadOf, hasChanged, inTransaction, rowsOf } from "./boss-statements.ts";
import type { Cluster } from "./cluster.ts";
import { requireDatabase } from "./database-schemas.ts";
import { nothingOpen, orderRuns } from "./order-runs.ts";
import { clusterSide } from "./pg-cluster.ts";
import {
  type ClaimedTask,
  type KeptOutcome,
  maxDeaths,
  protocol,
  type TaskItem,
  type TaskQueue,
  type WorkerMeans,
} from "./task.ts";

/** A worker that has not been heard of for so long is dead; pg-boss takes no less. */
const heartbeatSeconds = 10;
/** How often the dead are looked for. */
const superviseIntervalSeconds = 2;
/** Longest time of a task: a worker shows that it is alive, so this is far above any. */
const expireInSeconds = 23 * 60 * 60;
/** Outcomes of a run that nobody has taken yet, above which its tasks wait: its data set is written too slowly. */
const maxUntaken = 5000;
/** Connections of a process. */
const maxConnections = 4;
/** A statement that has no answer after so long has a connection that is lost. */
const answerMs = 60_000;
/** A process that stands still in a transaction, such as one that SLURM suspends, holds up nobody for longer. */
const serverOptions = "-c idle_in_transaction_session_timeout=20000";

interface TaskData {
  readonly items: readonly TaskItem[];
}

/** Milliseconds by the database's clock: those of machines may be apart. */
const nowMs = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

const statements = {
  begin: `INSERT INTO runs (id, protocol, nodes, description, models, title, machine, priority, created_ms)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, ${nowMs}) ON CONFLICT (id) DO NOTHING`,
  end: "DELETE FROM runs WHERE id = $1",
  description: "SELECT description FROM runs WHERE id = $1",
  usable: `SELECT id, priority, models, title, greatest(claimed_ms, created_ms) AS taken_ms FROM runs
    WHERE protocol = $1 AND nodes = $2 AND models <@ $3 AND NOT paused AND NOT cancelled
      AND (SELECT count(*) FROM (SELECT 1 FROM outcomes WHERE run = runs.id AND place > runs.taken_place LIMIT $4)
        AS untaken) < $4`,
  claimed: `UPDATE runs SET claimed_ms = ${nowMs} WHERE id = $1`,
  taken: "UPDATE runs SET taken_place = $2 WHERE id = $1 AND taken_place < $2",
  wanted: "SELECT NOT paused AND NOT cancelled AS wanted FROM runs WHERE id = $1",
  pending: `SELECT 1 FROM pgboss.job WHERE name = $1 AND state IN ('created', 'retry', 'active') LIMIT 1`,
  cancelled: "SELECT 1 FROM runs WHERE id = $1 AND cancelled",
  report: `WITH old AS (DELETE FROM workers WHERE seen < now() - interval '1 hour' AND id <> $1)
    INSERT INTO workers (id, report, seen) VALUES ($1, $2, now())
    ON CONFLICT (id) DO UPDATE SET report = excluded.report, seen = excluded.seen`,
  leave: "DELETE FROM workers WHERE id = $1",
  refused: `SELECT id, protocol FROM runs WHERE protocol <> $1 OR nodes <> $2 ORDER BY created_ms`,
  outcomes: `SELECT place, key, fingerprint, outcome FROM outcomes
    WHERE run = $1 AND place > $2 ORDER BY place LIMIT $3`,
  keep: `INSERT INTO outcomes (run, key, fingerprint, outcome, failure, failure_what)
    SELECT $1, key, fingerprint, outcome, failure, failure_what FROM json_to_recordset($2)
    AS kept (key text, fingerprint text, outcome text, failure text, failure_what text)`,
} as const;

async function startBoss(connectionString: string, log: (text: string) => void): Promise<PgBoss> {
  // pg-boss passes all of them on to pg, although its types know only some.
  const connection = { connectionString, max: maxConnections, options: serverOptions };
  const signs = { keepAlive: true, keepAliveInitialDelayMillis: 10_000, query_timeout: answerMs };
  const boss = new PgBoss({
    ...{ ...connection, ...signs, schedule: false, migrate: false },
    ...{ superviseIntervalSeconds, monitorIntervalSeconds: superviseIntervalSeconds },
  });
  let told = "";
  boss.on("error", ({ message }) => {
    // It asks every two seconds: a fault that lasts is told once.
    if (message !== told) log(`tasks: ${message}`);
    told = message;
  });
  return boss.start();
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

/** The runs that a worker can compute. */
async function usableRuns(boss: PgBoss, { nodes, models }: WorkerMeans) {
  const values = [protocol, nodes, models, maxUntaken];
  return (await rowsOf(boss, statements.usable, values)).map((row) => ({
    ...{ id: String(row["id"]), title: String(row["title"]), priority: Number(row["priority"]) },
    ...{ models: row["models"] as readonly string[], takenMs: Number(row["taken_ms"]) },
  }));
}

/** What a worker asks. */
function workerSide(
  boss: PgBoss,
): Pick<TaskQueue, "claim" | "refused" | "description" | "beat" | "commit" | "report" | "leave"> {
  return {
    async refused({ nodes }) {
      const rows = await rowsOf(boss, statements.refused, [protocol, nodes]);
      return rows.map((row) => {
        const reason = Number(row["protocol"]) === protocol ? "nodes" : "protocol";
        return { run: String(row["id"]), reason };
      });
    },
    description: (run) => descriptionOf(boss, run),
    async claim(worker, open = nothingOpen) {
      for (const { id: run, title, models } of orderRuns(await usableRuns(boss, worker), open)) {
        const fetched = await unlessEnded(boss, run, () =>
          boss.fetch<TaskData>(run, { includeMetadata: true }),
        );
        const [job] = fetched ?? [];
        if (job === undefined) continue;
        await rowsOf(boss, statements.claimed, [run]);
        return { id: job.id, run, title, models, items: job.data.items, deaths: job.retryCount };
      }
      return undefined;
    },
    async report(worker, report) {
      const text = JSON.stringify({ ...report, protocol });
      await rowsOf(boss, statements.report, [worker, text]);
    },
    async leave(worker) {
      await rowsOf(boss, statements.leave, [worker]);
    },
    async beat(task) {
      const touched = await unlessEnded(boss, task.run, () =>
        boss.touch(task.run, attemptOf(task)),
      );
      if (touched === undefined || !hasChanged(touched)) return "lost";
      const [row] = await rowsOf(boss, statements.wanted, [task.run]);
      return row?.["wanted"] === true ? "own" : "unwanted";
    },
    async commit(task, outcomes, rest) {
      const { run } = task;
      const commit = () =>
        inTransaction(boss, async (db) => {
          // First of all: no row changes where the attempt is not the task's latest.
          const completed = await boss.complete(run, attemptOf(task), null, { db });
          if (!hasChanged(completed)) return undefined;
          const kept = outcomes.map(({ outcome, failure, ...item }) => ({
            ...{ ...item, outcome: JSON.stringify(outcome) },
            ...(failure && { failure: failure.code, failure_what: failure.what }),
          }));
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
    async begin({ id, nodes, description, models, title, machine, priority }) {
      await boss.createQueue(deadOf(id));
      await boss.createQueue(id, {
        ...{ retryLimit: maxDeaths - 1, retryDelay: 0, heartbeatSeconds, expireInSeconds },
        deadLetter: deadOf(id),
      });
      const about = [models, title, machine, priority];
      const values = [id, protocol, nodes, JSON.stringify(description), ...about];
      await rowsOf(boss, statements.begin, values);
    },
    async submit(run, tasks) {
      await boss.insert(
        run,
        tasks.map((items) => ({ data: { items } })),
      );
    },
    async outcomes(run, after, limit) {
      if (after > 0) await rowsOf(boss, statements.taken, [run, after]);
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
    async hasPending(run) {
      return (await rowsOf(boss, statements.pending, [run])).length > 0;
    },
    async isCancelled(run) {
      return (await rowsOf(boss, statements.cancelled, [run])).length > 0;
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
): Promise<TaskQueue & Cluster> {
  try {
    await requireDatabase(connectionString);
    const boss = await startBoss(connectionString, log);
    const close = (): Promise<void> => boss.stop({ graceful: false });
    return namingFaults({ ...ownerSide(boss), ...workerSide(boss), ...clusterSide(boss), close });
  } catch (cause) {
    throw cause instanceof EngineError ? cause : unavailable(cause);
  }
}
