/** A column as true or false. */
function flag(column: string): string {
  return `json(iif(${column}, 'true', 'false'))`;
}

/** A job without graph and events as one JSON object, which `toSummary` reads: a third of the time of many columns. */
const summary = `json_object('id', id, 'requestId', request_id, 'client', client, 'folder', folder,
  'state', state, 'resumes', resumes, 'createdMs', created_ms, 'startedMs', started_ms,
  'endedMs', ended_ms, 'error', json(error), 'name', name, 'tags', json(tags),
  'isKept', ${flag("kept")}, 'files', json(files), 'hasThumbnail', ${flag("has_thumbnail")},
  'priority', priority, 'device', device, 'manifest', manifest, 'documentId', document_id)`;
const whole = `SELECT ${summary} AS summary, graph, outputs, events FROM jobs JOIN contents USING (place)`;
const isOver = "state IN ('done', 'failed', 'cancelled', 'interrupted')";

/** All jobs of a query as one JSON list, in their order. */
function listOf(query: string): string {
  return `SELECT json_group_array(${summary}) AS jobs FROM (SELECT * FROM jobs ${query})`;
}

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
  return `(:after IS NULL OR (${column}) ${comparison} (SELECT ${column} FROM jobs WHERE id = :after))`;
}

/** The plus keeps SQLite from gathering jobs by state, which it would have to sort afterwards. */
const isListed = `+state IN (SELECT value FROM json_each(:states))
  AND (:tag IS NULL OR EXISTS (SELECT 1 FROM json_each(tags) WHERE value = :tag))`;

type Statement =
  | "add"
  | "addContents"
  | "byRequest"
  | "byId"
  | "thumbnail"
  | "newest"
  | "inOrder"
  | "counts"
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

/** Every statement of the store. */
export const statements: Readonly<Record<Statement, string>> = {
  /** A client's jobs follow one another; its first one stands beside the first of the others. */
  add: `INSERT INTO jobs
      (id, request_id, client, folder, state, created_ms, tags, bytes, priority, device, document_id, rank)
    VALUES (:id, :requestId, :client, :folder, 'queued', :createdMs, :tags, :bytes, :priority, :device, :documentId,
      max(
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
  /** `states` is a JSON list. */
  newest: listOf(`WHERE ${isListed} AND ${beyond("place", "<")}
    ORDER BY place DESC LIMIT :limit`),
  inOrder: listOf(`WHERE ${isListed} AND ${beyond("-priority, rank, place", ">")}
    ORDER BY priority DESC, rank, place LIMIT :limit`),
  counts: "SELECT state, count(*) AS jobs FROM jobs GROUP BY state",
  /** `devices` is a JSON list, or null. */
  next: listOf(`WHERE state = 'queued' AND folder = :folder
    AND (device IS NULL OR :devices IS NULL OR device IN (SELECT value FROM json_each(:devices)))
    ORDER BY priority DESC, rank, place LIMIT :limit`),
  start: `UPDATE jobs SET state = 'running', started_ms = :startedMs
    WHERE id = :id AND state = 'queued'`,
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
  mark: `UPDATE jobs SET name = iif(:name IS NULL, name, nullif(:name, '')),
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
      ) WHERE total > :maxBytes ORDER BY place DESC LIMIT 1
    )`,
  dropEvents: `UPDATE contents SET events = '[]' WHERE events <> '[]' AND place IN (
      SELECT place FROM jobs
      WHERE ${isOver} AND NOT kept AND place <= ${endedBeyond(":maxWithEvents")}
    )`,
};
