const summary =
  "id, request_id, client, folder, state, resumes, created_ms, started_ms, ended_ms, error" as const;
const whole = `${summary}, graph, outputs, events`;
const isOver = "state NOT IN ('queued', 'running')";

/** The place of the newest ended job that is beyond a number of them. */
function endedBeyond(count: string): string {
  return `(SELECT place FROM jobs WHERE ${isOver} ORDER BY place DESC LIMIT 1 OFFSET ${count})`;
}

type Statement =
  | "add"
  | "byRequest"
  | "byId"
  | "list"
  | "count"
  | "nextOfEachClient"
  | "start"
  | "end"
  | "requeue"
  | "remove"
  | "trim"
  | "dropEvents";

/** Every statement of the store. */
export const statements: Readonly<Record<Statement, string>> = {
  add: `INSERT INTO jobs (id, request_id, client, folder, state, graph, outputs, created_ms)
    VALUES (:id, :requestId, :client, :folder, 'queued', :graph, :outputs, :createdMs)
    ON CONFLICT (client, request_id) DO NOTHING`,
  byRequest: `SELECT ${whole} FROM jobs WHERE client = :client AND request_id = :requestId`,
  byId: `SELECT ${whole} FROM jobs WHERE id = :id`,
  /** `states` is a JSON list. */
  list: `SELECT ${summary} FROM jobs
    WHERE state IN (SELECT value FROM json_each(:states)) ORDER BY place DESC LIMIT :limit`,
  count: "SELECT count(*) AS jobs FROM jobs WHERE state = :state",
  nextOfEachClient: `SELECT ${summary} FROM jobs
    WHERE place IN (
      SELECT min(place) FROM jobs WHERE state = 'queued' AND folder = :folder GROUP BY client
    )
    ORDER BY place`,
  start: `UPDATE jobs SET state = 'running', started_ms = :startedMs
    WHERE id = :id AND state = 'queued'`,
  end: `UPDATE jobs SET state = :state, ended_ms = :endedMs, error = :error, events = :events
    WHERE id = :id AND state IN ('queued', 'running')`,
  requeue: `UPDATE jobs SET state = 'queued', resumes = resumes + 1
    WHERE id = :id AND state = 'running'`,
  remove: `DELETE FROM jobs WHERE id = :id AND ${isOver}`,
  trim: `DELETE FROM jobs WHERE ${isOver} AND place <= ${endedBeyond(":maxEnded")}`,
  dropEvents: `UPDATE jobs SET events = '[]'
    WHERE ${isOver} AND events <> '[]' AND place <= ${endedBeyond(":maxWithEvents")}`,
};
