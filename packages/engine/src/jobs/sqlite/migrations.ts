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
  // What is long lies in a table of its own, so that lists read little. A job's rank is its place
  // in the queue, among equals the older one is first.
  [
    `CREATE TABLE contents (
      place INTEGER PRIMARY KEY,
      graph TEXT NOT NULL,
      outputs TEXT,
      events TEXT NOT NULL DEFAULT '[]',
      thumbnail BLOB,
      thumbnail_mime TEXT
    )`,
    `INSERT INTO contents (place, graph, outputs, events)
      SELECT place, graph, outputs, events FROM jobs`,
    ...["graph", "outputs", "events"].map((name) => `ALTER TABLE jobs DROP COLUMN ${name}`),
    ...[
      "rank REAL NOT NULL DEFAULT 0",
      "name TEXT",
      "tags TEXT NOT NULL DEFAULT '[]'",
      "kept INTEGER NOT NULL DEFAULT 0",
      "files TEXT NOT NULL DEFAULT '[]'",
      "has_thumbnail INTEGER NOT NULL DEFAULT 0",
      "bytes INTEGER NOT NULL DEFAULT 0",
    ].map((column) => `ALTER TABLE jobs ADD COLUMN ${column}`),
    "CREATE TABLE queues (folder TEXT PRIMARY KEY, paused INTEGER NOT NULL)",
    `CREATE TRIGGER contents_of_removed AFTER DELETE ON jobs
      BEGIN DELETE FROM contents WHERE place = old.place; END`,
    "DROP INDEX jobs_by_state",
    "CREATE INDEX jobs_in_order ON jobs (state, folder, rank, place)",
    "CREATE INDEX jobs_of_client ON jobs (state, folder, client, rank)",
    "CREATE INDEX jobs_by_place ON jobs (state, place)",
  ],
  [
    "ALTER TABLE jobs ADD COLUMN priority INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE jobs ADD COLUMN device TEXT",
    "ALTER TABLE jobs ADD COLUMN manifest TEXT",
    "DROP INDEX jobs_in_order",
    "DROP INDEX jobs_of_client",
    "CREATE INDEX jobs_in_order ON jobs (state, folder, priority DESC, rank, place)",
    "CREATE INDEX jobs_of_client ON jobs (state, folder, client, priority, rank)",
  ],
  ["ALTER TABLE jobs ADD COLUMN document_id TEXT"],
];
