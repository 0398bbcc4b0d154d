import type { PgBoss } from "pg-boss";
import { deadOf, inTransaction, rowsOf } from "./boss-statements.ts";
import type {
  Cluster,
  ClusterRun,
  ClusterRunDetails,
  KnownWorker,
  TaskCounts,
  WorkerReport,
} from "./cluster.ts";
import { whyWaiting } from "./why-waiting.ts";

/** Cells of a map, and dead tasks and keys that are listed, at most. */
const maxCells = 1000;
const maxDead = 100;
const maxKeys = 5;
/** Stretches of ten seconds that throughput is told for. */
const stretches = 60;

const counted = `count(*) FILTER (WHERE state IN ('created', 'retry')) AS waiting,
  count(*) FILTER (WHERE state = 'active') AS running,
  count(*) FILTER (WHERE state = 'completed') AS done,
  count(*) FILTER (WHERE state IN ('failed', 'cancelled')) AS failed`;

const statements = {
  workers: `SELECT id, report, extract(epoch FROM now() - seen) * 1000 AS silent_ms
    FROM workers ORDER BY id`,
  runs: `SELECT runs.*, items.done, items.failed FROM runs LEFT JOIN (
      SELECT run, count(*) - count(failure) AS done, count(failure) AS failed FROM outcomes GROUP BY run
    ) AS items ON items.run = runs.id
    ORDER BY priority DESC, created_ms`,
  tasks: `SELECT name, ${counted} FROM pgboss.job
    WHERE name IN (SELECT id FROM runs) OR name IN (SELECT id || '.dead' FROM runs) GROUP BY name`,
  cells: `SELECT place * least(total, $2) / total AS cell, ${counted} FROM (
      SELECT state, row_number() OVER (ORDER BY created_on, id) - 1 AS place, count(*) OVER () AS total
      FROM pgboss.job WHERE name = $1
    ) AS placed GROUP BY cell ORDER BY cell`,
  pace: `SELECT floor(extract(epoch FROM now() - kept_at) / 10) AS ago, count(*) AS items
    FROM outcomes WHERE run = $1 AND kept_at > now() - $2 * interval '10 seconds' GROUP BY ago`,
  failures: `SELECT failure, count(*) AS items, min(failure_what) AS what,
      (array_agg(key ORDER BY place))[1:$2] AS keys
    FROM outcomes WHERE run = $1 AND failure IS NOT NULL GROUP BY failure ORDER BY items DESC, failure`,
  dead: "SELECT id, data FROM pgboss.job WHERE name = $1 ORDER BY created_on, id LIMIT $2",
  takeDead: "DELETE FROM pgboss.job WHERE name = $1 AND id::text = $2 RETURNING data",
  change: `UPDATE runs SET priority = coalesce($2, priority), paused = coalesce($3, paused),
    cancelled = cancelled OR $4 WHERE id = $1 RETURNING id`,
} as const;

type Row = Readonly<Record<string, unknown>>;

function toCounts(row: Row | undefined): TaskCounts {
  const count = (name: string): number => Number(row?.[name] ?? 0);
  return {
    ...{ waiting: count("waiting"), running: count("running") },
    ...{ done: count("done"), failed: count("failed") },
  };
}

function toRun(row: Row, tasks: ReadonlyMap<string, TaskCounts>, workers: readonly KnownWorker[]) {
  const id = String(row["id"]);
  const dead = tasks.get(deadOf(id)) ?? toCounts(undefined);
  const own = tasks.get(id) ?? toCounts(undefined);
  const needs = {
    ...{ protocol: Number(row["protocol"]), nodes: String(row["nodes"]) },
    models: row["models"] as readonly string[],
  };
  const waits = own.waiting > 0 ? whyWaiting(needs, workers) : undefined;
  const run: ClusterRun = {
    ...{ id, title: String(row["title"]), machine: String(row["machine"]) },
    ...{ priority: Number(row["priority"]), createdMs: Number(row["created_ms"]) },
    ...{ isPaused: row["paused"] === true, isCancelled: row["cancelled"] === true },
    tasks: own,
    items: { done: Number(row["done"] ?? 0), failed: Number(row["failed"] ?? 0) },
    dead: dead.waiting + dead.running + dead.done + dead.failed,
    ...(waits && { waits }),
  };
  return run;
}

function toPace(rows: readonly Row[]): readonly number[] {
  const pace = Array.from({ length: stretches }, () => 0);
  for (const { ago, items } of rows) {
    const at = stretches - 1 - Number(ago);
    if (at >= 0 && at < stretches) pace[at] = Number(items);
  }
  return pace;
}

/** Keys of the items of a task. */
function keysOf(data: unknown): readonly string[] {
  const { items } = data as { readonly items: readonly { readonly key: string }[] };
  return items.slice(0, maxKeys).map(({ key }) => key);
}

/** What is asked by people who watch. */
export function clusterSide(boss: PgBoss): Cluster {
  const ask = (text: string, ...values: unknown[]) => rowsOf(boss, text, values);
  const workers = async (): Promise<readonly KnownWorker[]> =>
    (await ask(statements.workers)).map(({ id, report, silent_ms }) => ({
      ...(JSON.parse(String(report)) as WorkerReport),
      ...{ id: String(id), silentMs: Math.max(0, Math.round(Number(silent_ms))) },
    }));
  const runs = async (): Promise<readonly ClusterRun[]> => {
    const rows = await ask(statements.runs);
    if (rows.length === 0) return [];
    const counts = await ask(statements.tasks);
    const tasks = new Map(counts.map((row) => [String(row["name"]), toCounts(row)]));
    const known = await workers();
    return rows.map((row) => toRun(row, tasks, known));
  };
  const details = async (run: ClusterRun): Promise<ClusterRunDetails> => {
    const failures = await ask(statements.failures, run.id, maxKeys);
    const dead = await ask(statements.dead, deadOf(run.id), maxDead);
    return {
      run,
      cells: (await ask(statements.cells, run.id, maxCells)).map(toCounts),
      perTenSeconds: toPace(await ask(statements.pace, run.id, stretches)),
      failures: failures.map(({ failure, items, what, keys }) => ({
        ...{ code: String(failure), count: Number(items), what: String(what) },
        keys: keys as readonly string[],
      })),
      dead: dead.map(({ id, data }) => ({ id: String(id), keys: keysOf(data) })),
    };
  };
  return {
    workers,
    runs,
    async run(id) {
      const run = (await runs()).find((each) => each.id === id);
      return run && details(run);
    },
    async change(id, { priority = null, isPaused = null, isCancelled = false }) {
      return (await ask(statements.change, id, priority, isPaused, isCancelled)).length > 0;
    },
    async retryDead(id, dead) {
      if ((await ask("SELECT id FROM runs WHERE id = $1", id)).length === 0) return false;
      const retry = inTransaction(boss, async (db) => {
        const { rows } = await db.executeSql(statements.takeDead, [deadOf(id), dead]);
        const [row] = rows;
        if (row === undefined) return undefined;
        await boss.insert(id, [{ data: row.data }], { db });
        return true;
      });
      return (await retry) ?? false;
    },
  };
}
