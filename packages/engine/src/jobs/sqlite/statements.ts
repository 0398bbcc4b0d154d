import { createStatements } from "../job-statements.ts";

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
/** The statements in SQLite's dialect; `states` and `devices` are JSON lists. */
export const statements: ReturnType<typeof createStatements> = createStatements({
  summary,
  listOf: (query) =>
    `SELECT json_group_array(${summary}) AS jobs FROM (SELECT * FROM jobs ${query})`,
  // The plus keeps SQLite from gathering jobs by state, which it would have to sort afterwards.
  isListed: `+state IN (SELECT value FROM json_each(:states))
    AND (:tag IS NULL OR EXISTS (SELECT 1 FROM json_each(tags) WHERE value = :tag))`,
  isUsable: `(device IS NULL OR :devices IS NULL
    OR device IN (SELECT value FROM json_each(:devices)))`,
  larger: "max",
});
