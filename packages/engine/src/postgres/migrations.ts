/**
 * The steps that made the schema what it is; the table `migrations` counts those that a database
 * has. A step that has shipped is never changed: append another one.
 */
export const migrations: readonly (readonly string[])[] = [
  [
    `CREATE TABLE jobs (
      place bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      id text NOT NULL UNIQUE,
      request_id text NOT NULL,
      client text NOT NULL,
      folder text NOT NULL,
      state text NOT NULL,
      resumes integer NOT NULL DEFAULT 0,
      priority integer NOT NULL DEFAULT 0,
      rank double precision NOT NULL DEFAULT 0,
      created_ms bigint NOT NULL,
      started_ms bigint,
      ended_ms bigint,
      error json,
      name text,
      tags text[] NOT NULL DEFAULT '{}',
      kept boolean NOT NULL DEFAULT false,
      files text[] NOT NULL DEFAULT '{}',
      has_thumbnail boolean NOT NULL DEFAULT false,
      device text,
      manifest text,
      document_id text,
      bytes bigint NOT NULL DEFAULT 0,
      UNIQUE (client, request_id)
    )`,
    // Text keeps the order of a graph's keys.
    `CREATE TABLE contents (
      place bigint PRIMARY KEY REFERENCES jobs ON DELETE CASCADE,
      graph text NOT NULL,
      outputs text,
      events text NOT NULL DEFAULT '[]',
      thumbnail bytea,
      thumbnail_mime text
    )`,
    "CREATE TABLE queues (folder text PRIMARY KEY, paused boolean NOT NULL)",
    "CREATE INDEX jobs_in_order ON jobs (state, folder, priority DESC, rank, place)",
    "CREATE INDEX jobs_of_client ON jobs (state, folder, client, priority, rank)",
    "CREATE INDEX jobs_by_place ON jobs (state, place)",
  ],
  [
    // Workers take tasks of runs whose nodes they have, in the version of the protocol that they speak.
    `CREATE TABLE runs (
      id text PRIMARY KEY,
      protocol integer NOT NULL,
      nodes text NOT NULL,
      description text NOT NULL,
      created_ms bigint NOT NULL
    )`,
    `CREATE TABLE outcomes (
      place bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      run text NOT NULL REFERENCES runs ON DELETE CASCADE,
      key text NOT NULL,
      fingerprint text NOT NULL,
      outcome text NOT NULL
    )`,
    "CREATE INDEX outcomes_of_run ON outcomes (run, place)",
  ],
];
