const isOver = "state IN ('done', 'failed', 'cancelled', 'interrupted')";

/** The place of the newest ended job that is beyond a number of them. */
function endedBeyond(count: string): string {
  return `(SELECT place FROM jobs WHERE ${isOver} ORDER BY place DESC LIMIT 1 OFFSET ${count})`;
}

/** The rank of the first or last job of a state and a priority, of one client or of all. */
function rankOf(state: "queued" | "running", end: "ASC" | "DESC", isOwn: boolean): string {
  const client = isOwn ? "AND client = :client" : "";
  return `(SELECT rank FROM jobs WHERE state = '${state}' AND folder = :folder AND priority = :priority ${client}
    ORDER BY rank ${end} LIMIT 1)`;
}

/** Where the list that `query` continues left off. */
function beyond(column: string, comparison: "<" | ">"): string {
  return `(CAST(:after AS text) IS NULL OR (${column}) ${comparison} (SELECT ${column} FROM jobs WHERE id = :after))`;
}

type Statement =
  | "add"
  | "addContents"
  | "byRequest"
  | "byId"
  | "thumbnail"
  | "newest"
  | "inOrder"
  | "counts"
  | "running"
  | "next"
  | "start"
  | "end"
  | "endContents"
  | "requeue"
  | "rankAnew"
  | "moveBefore"
  | "moveLast"
  | "mark"
  | "pause"
  | "isPaused"
  | "remove"
  | "trimCount"
  | "trimAge"
  | "trimBytes"
  | "dropEvents";

/** What differs between the dialects of SQL. */
export interface Dialect {
  /** A job without graph and events as the JSON of a `JobSummary`. */
  readonly summary: string;
  /** One row with the summaries of all jobs of a query, in their order, as a JSON list. @param query What follows `FROM jobs` */
  listOf(query: string): string;
  /** Whether a job has one of `:states`, and `:tag` unless that is null. */
  readonly isListed: string;
  /** Whether a job may run on one of `:devices`, or these are null. */
  readonly isUsable: string;
  /** The function that gives the larger of two numbers. */
  readonly larger: string;
}

/** Every statement of a store of jobs. */
export function createStatements(dialect: Dialect): Readonly<Record<Statement, string>> {
  const { summary, listOf, isListed, isUsable, larger } = dialect;
  const whole = `SELECT ${summary} AS summary, graph, outputs, events FROM jobs JOIN contents USING (place)`;
  return {
    /** A client's jobs follow one another; its first one stands beside the first of the others. */
    add: `INSERT INTO jobs
      (id, request_id, client, folder, state, created_ms, tags, bytes, priority, device, document_id, rank)
    VALUES (:id, :requestId, :client, :folder, 'queued', :createdMs, :tags, :bytes, :priority, :device, :documentId,
      ${larger}(
      coalesce(${rankOf("running", "ASC", false)}, ${rankOf("queued", "ASC", false)}, 0),
      coalesce(${rankOf("queued", "DESC", true)} + 1, ${rankOf("running", "DESC", true)} + 1, 0)
    ))
    ON CONFLICT (client, request_id) DO NOTHING`,
    addContents: `INSERT INTO contents (place, graph, outputs)
    SELECT place, :graph, :outputs FROM jobs WHERE id = :id`,
    byRequest: `${whole} WHERE client = :client AND request_id = :requestId`,
    byId: `${whole} WHERE id = :id`,
    thumbnail: `SELECT thumbnail, thumbnail_mime FROM jobs JOIN contents USING (place)
    WHERE id = :id AND has_thumbnail`,
    newest: listOf(`WHERE ${isListed} AND ${beyond("place", "<")}
    ORDER BY place DESC LIMIT :limit`),
    inOrder: listOf(`WHERE ${isListed} AND ${beyond("-priority, rank, place", ">")}
    ORDER BY priority DESC, rank, place LIMIT :limit`),
    running: listOf(
      "WHERE state = 'running' AND folder = coalesce(CAST(:folder AS text), folder) ORDER BY place",
    ),
    counts: "SELECT state, count(*) AS jobs FROM jobs GROUP BY state",
    next: listOf(`WHERE state = 'queued' AND folder = :folder AND ${isUsable}
    ORDER BY priority DESC, rank, place LIMIT :limit`),
    start: `UPDATE jobs SET state = 'running', started_ms = :startedMs
    WHERE id = :id AND (state = 'queued' OR state = 'running' AND started_ms = :startedMs)`,
    end: `UPDATE jobs SET state = :state, ended_ms = :endedMs, error = :error, files = :files,
      manifest = :manifest,
      has_thumbnail = :hasThumbnail, bytes = bytes + :bytes
    WHERE id = :id AND state IN ('queued', 'running')`,
    endContents: `UPDATE contents SET events = :events, thumbnail = :thumbnail, thumbnail_mime = :mime
    WHERE place = (SELECT place FROM jobs WHERE id = :id AND state IN ('queued', 'running'))`,
    requeue: `UPDATE jobs SET state = 'queued', resumes = resumes + 1
    WHERE id = :id AND state = 'running'`,
    /** Ranks of a folder's queue become whole numbers, so that there is room between any two. */
    rankAnew: `UPDATE jobs SET rank = ordered.rank FROM (
      SELECT place, row_number() OVER (ORDER BY priority DESC, rank, place) AS rank FROM jobs
      WHERE state = 'queued' AND folder = (SELECT folder FROM jobs WHERE id = :id)
    ) AS ordered WHERE jobs.place = ordered.place`,
    moveBefore: `UPDATE jobs SET rank = target.rank - 0.5, priority = target.priority
    FROM (SELECT rank, priority, folder FROM jobs WHERE id = :beforeId AND state = 'queued') AS target
    WHERE id = :id AND state = 'queued' AND jobs.folder = target.folder`,
    moveLast: `UPDATE jobs SET rank = 1 + last.rank, priority = last.priority
    FROM (SELECT max(rank) AS rank, min(priority) AS priority FROM jobs WHERE state = 'queued'
      AND folder = (SELECT folder FROM jobs WHERE id = :id)) AS last
    WHERE id = :id AND state = 'queued'`,
    mark: `UPDATE jobs SET name = CASE WHEN CAST(:name AS text) IS NULL THEN name ELSE nullif(:name, '') END,
      tags = coalesce(:tags, tags), kept = coalesce(:kept, kept),
      priority = coalesce(:priority, priority) WHERE id = :id`,
    pause: `INSERT INTO queues (folder, paused) VALUES (:folder, :paused)
    ON CONFLICT (folder) DO UPDATE SET paused = excluded.paused`,
    isPaused: "SELECT paused FROM queues WHERE folder = :folder",
    remove: `DELETE FROM jobs WHERE id = :id AND ${isOver}`,
    trimCount: `DELETE FROM jobs WHERE ${isOver} AND NOT kept AND place <= ${endedBeyond(":maxEnded")}`,
    trimAge: `DELETE FROM jobs WHERE ${isOver} AND NOT kept AND ended_ms < :endedBeforeMs`,
    trimBytes: `DELETE FROM jobs WHERE ${isOver} AND NOT kept AND place <= (
      SELECT place FROM (
        SELECT place, sum(bytes) OVER (ORDER BY place DESC) AS total FROM jobs WHERE ${isOver}
      ) AS summed WHERE total > :maxBytes ORDER BY place DESC LIMIT 1
    )`,
    dropEvents: `UPDATE contents SET events = '[]' WHERE events <> '[]' AND place IN (
      SELECT place FROM jobs
      WHERE ${isOver} AND NOT kept AND place <= ${endedBeyond(":maxWithEvents")}
    )`,
  };
}
