/**
 * The steps that made the schema what it is; `PRAGMA user_version` counts those that a file has.
 * A step that has shipped is never changed: append another one.
 */
export const migrations: readonly (readonly string[])[] = [
  [
    `CREATE TABLE jobs (
      place INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      request_id TEXT NOT NULL,
      client TEXT NOT NULL,
      state TEXT NOT NULL,
      graph TEXT NOT NULL,
      outputs TEXT,
      resumes INTEGER NOT NULL DEFAULT 0,
      created_ms INTEGER NOT NULL,
      started_ms INTEGER,
      ended_ms INTEGER,
      error TEXT,
      events TEXT NOT NULL DEFAULT '[]',
      UNIQUE (client, request_id)
    )`,
    "CREATE INDEX jobs_by_state ON jobs (state, client, place)",
  ],
  [
    "ALTER TABLE jobs ADD COLUMN folder TEXT NOT NULL DEFAULT ''",
    "DROP INDEX jobs_by_state",
    "CREATE INDEX jobs_by_state ON jobs (state, folder, client, place)",
  ],
];
