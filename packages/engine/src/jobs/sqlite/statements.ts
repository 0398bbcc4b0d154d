import { createStatements } from "../job-statements.ts";

/** A column as true or false. */
function flag(column: string): string {
  return `json(iif(${column}, 'true', 'false'))`;
}

/** A field that is left out where its column has nothing, with the comma after it. */
function optional(name: string, column: string, json = `json_quote(${column})`): string {
  return `iif(${column} IS NULL, '', '"${name}":' || ${json} || ',')`;
}

/** `json_patch` would leave nothing out in three times the time. */
const summary = `'{' || ${[
  optional("startedMs", "started_ms"),
  optional("endedMs", "ended_ms"),
  optional("error", "error", "error"),
  optional("name", "name"),
  optional("device", "device"),
  optional("manifest", "manifest"),
  optional("documentId", "document_id"),
].join(" || ")} || substr(json_object('id', id, 'requestId', request_id, 'client', client,
  'folder', folder, 'state', state, 'resumes', resumes, 'createdMs', created_ms, 'tags', json(tags),
  'isKept', ${flag("kept")}, 'files', json(files), 'hasThumbnail', ${flag("has_thumbnail")},
  'priority', priority), 2)`;
/** The statements in SQLite's dialect; `states` and `devices` are JSON lists. */
export const statements: ReturnType<typeof createStatements> = createStatements({
  summary,
  listOf: (query) =>
    `SELECT '[' || coalesce(group_concat(${summary}, ','), '') || ']' AS jobs FROM (SELECT * FROM jobs ${query})`,
  // The plus keeps SQLite from gathering jobs by state, which it would have to sort afterwards.
  isListed: `+state IN (SELECT value FROM json_each(:states))
    AND (:tag IS NULL OR EXISTS (SELECT 1 FROM json_each(tags) WHERE value = :tag))`,
  isUsable: `(device IS NULL OR :devices IS NULL
    OR device IN (SELECT value FROM json_each(:devices)))`,
  larger: "max",
});
