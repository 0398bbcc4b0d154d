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
  [
    // Servers hear of each other's jobs: of one that began, went on or ended by its id, of all else by an empty text.
    "ALTER TABLE jobs ADD COLUMN cancel_asked boolean NOT NULL DEFAULT false",
    `CREATE TABLE live_events (
      place bigint NOT NULL REFERENCES jobs ON DELETE CASCADE,
      key text NOT NULL,
      seq bigint NOT NULL,
      event text NOT NULL,
      PRIMARY KEY (place, key)
    )`,
    `CREATE FUNCTION tell_job() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF TG_OP = 'UPDATE' THEN DELETE FROM live_events WHERE place = NEW.place; END IF;
      IF NEW.cancel_asked AND NEW.state = 'running' THEN PERFORM pg_notify('insightgraph_cancel', NEW.id); END IF;
      PERFORM pg_notify('insightgraph_jobs', NEW.id);
      RETURN NULL;
    END $$`,
    `CREATE FUNCTION tell_list() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      PERFORM pg_notify('insightgraph_jobs', '');
      RETURN NULL;
    END $$`,
    "CREATE TRIGGER tell_added AFTER INSERT ON jobs FOR EACH ROW EXECUTE FUNCTION tell_job()",
    `CREATE TRIGGER tell_state AFTER UPDATE OF state ON jobs FOR EACH ROW
      WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION tell_job()`,
    `CREATE TRIGGER tell_marks AFTER UPDATE OF rank, priority, name, tags, kept ON jobs FOR EACH ROW
      WHEN ((OLD.rank, OLD.priority, OLD.name, OLD.tags, OLD.kept)
        IS DISTINCT FROM (NEW.rank, NEW.priority, NEW.name, NEW.tags, NEW.kept))
      EXECUTE FUNCTION tell_list()`,
    "CREATE TRIGGER tell_removed AFTER DELETE ON jobs FOR EACH ROW EXECUTE FUNCTION tell_list()",
    `CREATE TRIGGER tell_pause AFTER INSERT OR UPDATE ON queues FOR EACH ROW
      EXECUTE FUNCTION tell_list()`,
  ],
  [
    // What people see of runs and workers, and how they steer them.
    `ALTER TABLE runs
      ADD COLUMN models text[] NOT NULL DEFAULT '{}',
      ADD COLUMN title text NOT NULL DEFAULT '',
      ADD COLUMN machine text NOT NULL DEFAULT '',
      ADD COLUMN priority integer NOT NULL DEFAULT 0,
      ADD COLUMN paused boolean NOT NULL DEFAULT false,
      ADD COLUMN cancelled boolean NOT NULL DEFAULT false,
      ADD COLUMN claimed_ms bigint NOT NULL DEFAULT 0,
      ADD COLUMN taken_place bigint NOT NULL DEFAULT 0`,
    `ALTER TABLE outcomes
      ADD COLUMN failure text,
      ADD COLUMN failure_what text,
      ADD COLUMN kept_at timestamptz NOT NULL DEFAULT clock_timestamp()`,
    "CREATE TABLE workers (id text PRIMARY KEY, report text NOT NULL, seen timestamptz NOT NULL)",
  ],
  [
    // The next turn at each endpoint, for all who ask it.
    "CREATE TABLE budgets (address text PRIMARY KEY, next_at timestamptz NOT NULL)",
  ],
  [
    // Until when an endpoint asks all to wait, and who has a request open there.
    "ALTER TABLE budgets ADD COLUMN paused_until timestamptz NOT NULL DEFAULT 'epoch'",
    `CREATE TABLE places (
      address text NOT NULL,
      slot integer NOT NULL,
      holder text NOT NULL,
      until timestamptz NOT NULL,
      PRIMARY KEY (address, slot)
    )`,
    "CREATE INDEX places_of_holder ON places (holder)",
  ],
];
