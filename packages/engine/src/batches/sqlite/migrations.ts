/**
 * The steps that made the schema what it is; `PRAGMA user_version` counts those that a file has.
 * A step that has shipped is never changed: append another one.
 */
export const migrations: readonly (readonly string[])[] = [
  [
    `CREATE TABLE items (
      place INTEGER PRIMARY KEY AUTOINCREMENT,
      key TEXT NOT NULL UNIQUE,
      fingerprint TEXT NOT NULL,
      state TEXT NOT NULL,
      attempts INTEGER NOT NULL,
      started_ms INTEGER NOT NULL,
      ended_ms INTEGER,
      error TEXT,
      result TEXT,
      size_bytes INTEGER NOT NULL DEFAULT 0,
      provenance TEXT,
      shard INTEGER
    )`,
    "CREATE INDEX items_by_state ON items (state, place)",
    "CREATE INDEX items_by_shard ON items (shard, place) WHERE state = 'done'",
    "CREATE TABLE provenances (digest TEXT PRIMARY KEY, text TEXT NOT NULL)",
    `CREATE TABLE shards (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      state TEXT NOT NULL,
      facts TEXT
    )`,
    "CREATE TABLE description (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), text TEXT NOT NULL)",
  ],
  ["DROP INDEX items_by_shard", "CREATE INDEX items_by_shard ON items (shard, place)"],
];
