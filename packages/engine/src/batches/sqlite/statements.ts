const whole = `place, key, fingerprint, state, attempts, started_ms, ended_ms, error, result, provenance,
  size_bytes`;
/** Items that can leave: done and in no shard; \`isFull\`: and only those before which nothing is left to do. */
const loose = `state = 'done' AND shard IS NULL AND (NOT :isFull OR place < (
  SELECT coalesce(min(place), 9007199254740991) FROM items WHERE state IN ('waiting', 'running')))`;
const isCurrent = "key = :key AND attempts = :attempt AND state = 'running'";

type Statement =
  | "settled"
  | "staleShard"
  | "start"
  | "finish"
  | "fail"
  | "release"
  | "byKey"
  | "list"
  | "listShard"
  | "listLoose"
  | "counts"
  | "keepProvenance"
  | "provenance"
  | "description"
  | "describe"
  | "addShard"
  | "fillShard"
  | "filledShard"
  | "shards"
  | "keepShard"
  | "dropShard";

/** Every statement of the store. */
export const statements: Readonly<Record<Statement, string>> = {
  /** `items` is a JSON list of keys and fingerprints, `states` one of states. */
  settled: `SELECT items.key FROM json_each(:items) AS asked
    JOIN items ON items.key = asked.value ->> 'key'
      AND items.fingerprint = asked.value ->> 'fingerprint'
    WHERE items.state IN (SELECT value FROM json_each(:states))`,
  /** A planned shard is written before its items can start again. */
  staleShard: `UPDATE shards SET state = 'stale'
    WHERE state = 'written' AND number = (SELECT shard FROM items WHERE ${isCurrent})`,
  start: `INSERT INTO items (key, fingerprint, state, attempts, started_ms)
    VALUES (:key, :fingerprint, 'running', 1, :startedMs)
    ON CONFLICT (key) DO UPDATE SET fingerprint = :fingerprint, state = 'running',
      attempts = attempts + 1, started_ms = :startedMs, ended_ms = NULL, error = NULL,
      result = NULL, size_bytes = 0, provenance = NULL
    RETURNING attempts`,
  finish: `UPDATE items SET state = 'done', result = :result, size_bytes = :sizeBytes,
    provenance = :provenance, ended_ms = :endedMs, shard = NULL WHERE ${isCurrent}`,
  fail: `UPDATE items SET state = 'failed', error = :error, ended_ms = :endedMs WHERE ${isCurrent}`,
  release: `UPDATE items SET state = 'waiting' WHERE ${isCurrent}`,
  byKey: `SELECT ${whole} FROM items WHERE key = :key`,
  /** `states` is a JSON list. */
  list: `SELECT ${whole} FROM items
    WHERE place > :after AND state IN (SELECT value FROM json_each(:states))
    ORDER BY place LIMIT :limit`,
  listShard: `SELECT ${whole} FROM items
    WHERE shard = :shard AND place > :after ORDER BY place LIMIT :limit`,
  listLoose: `SELECT ${whole} FROM items
    WHERE shard IS NULL AND state = 'done' AND place > :after ORDER BY place LIMIT :limit`,
  counts: "SELECT state, count(*) AS items FROM items GROUP BY state",
  keepProvenance: "INSERT INTO provenances VALUES (:digest, :text) ON CONFLICT DO NOTHING",
  provenance: "SELECT text FROM provenances WHERE digest = :digest",
  description: "SELECT text FROM description",
  describe: `INSERT INTO description VALUES (1, :text)
    ON CONFLICT (only_row) DO UPDATE SET text = :text`,
  addShard: `INSERT INTO shards (state) SELECT 'planned'
    WHERE (SELECT coalesce(sum(max(size_bytes, 1)), 0) FROM items WHERE ${loose})
      >= CASE WHEN :isFull THEN :sizeBytes ELSE 1 END`,
  /** The items of the newest shard, where it was just added: those before which less than the wanted size stands. */
  fillShard: `UPDATE items SET shard = (SELECT max(number) FROM shards)
    WHERE (SELECT state FROM shards ORDER BY number DESC LIMIT 1) = 'planned'
      AND NOT EXISTS (SELECT 1 FROM items WHERE shard = (SELECT max(number) FROM shards))
      AND place IN (
      SELECT place FROM (
        SELECT place, sum(max(size_bytes, 1)) OVER (ORDER BY place) - max(size_bytes, 1) AS before
        FROM items WHERE ${loose}
      ) WHERE before < :sizeBytes
    )`,
  filledShard: "SELECT max(number) AS number FROM shards",
  shards: "SELECT number, state, facts FROM shards ORDER BY number",
  keepShard: "UPDATE shards SET state = 'written', facts = :facts WHERE number = :number",
  dropShard: "DELETE FROM shards WHERE number = :number",
};
