import { createStatements } from "../job-statements.ts";

const summary = `json_strip_nulls(json_build_object('id', id, 'requestId', request_id, 'client', client, 'folder', folder,
  'state', state, 'resumes', resumes, 'createdMs', created_ms, 'startedMs', started_ms,
  'endedMs', ended_ms, 'error', error, 'name', name, 'tags', tags, 'isKept', kept, 'files', files,
  'hasThumbnail', has_thumbnail, 'priority', priority, 'device', device, 'manifest', manifest,
  'documentId', document_id))`;

/** The statements in PostgreSQL's dialect; `states` and `devices` are arrays. */
export const statements: ReturnType<typeof createStatements> = createStatements({
  summary,
  listOf: (query) => `SELECT CAST(coalesce(json_agg(${summary}), '[]') AS text) AS jobs
    FROM (SELECT * FROM jobs ${query}) AS listed`,
  isListed: "state = ANY(:states) AND (CAST(:tag AS text) IS NULL OR :tag = ANY(tags))",
  isUsable: `(device IS NULL OR CAST(:devices AS text[]) IS NULL
    OR device = ANY(CAST(:devices AS text[])))`,
  larger: "greatest",
});
