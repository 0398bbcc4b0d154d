import type { Row } from "@libsql/client/sqlite3";
import { EngineError, type WireError } from "../../errors.ts";
import type { Json } from "../../graph/document.ts";
import { type DatabaseFaults, openDatabase } from "../../sqlite/open-database.ts";
import { type ItemRecord, type ItemState, itemStates, type Shard } from "../batch-item.ts";
import type { BatchStore } from "../batch-store.ts";
import { migrations } from "./migrations.ts";
import { statements } from "./statements.ts";

const faults: DatabaseFaults = {
  locked: (file, cause) =>
    new EngineError("batch.locked", `another run is working on "${file}"`, {
      hint: "Wait for it, stop it, or write to another folder.",
      cause,
    }),
  unavailable: (reason, cause) =>
    new EngineError("batch.unavailable", `the items cannot be kept: ${reason}`, {
      hint: "Update InsightGraph, make the folder writable, free space on its disk, or move a damaged file away.",
      cause,
    }),
};

function toRecord(row: Row): ItemRecord {
  const { ended_ms: endedMs, error, result, provenance, size_bytes: sizeBytes } = row;
  return {
    place: Number(row["place"]),
    key: String(row["key"]),
    fingerprint: String(row["fingerprint"]),
    state: row["state"] as ItemState,
    attempts: Number(row["attempts"]),
    startedMs: Number(row["started_ms"]),
    ...(typeof endedMs === "number" && { endedMs }),
    ...(typeof error === "string" && { error: JSON.parse(error) as WireError }),
    ...(typeof result === "string" && { result: JSON.parse(result) as Json }),
    ...(typeof provenance === "string" && { provenance }),
    ...(Number(sizeBytes) > 0 && { sizeBytes: Number(sizeBytes) }),
  };
}

function toShard({ number, state, facts }: Row): Shard {
  return {
    number: Number(number),
    state: state as Shard["state"],
    ...(typeof facts === "string" && { facts: JSON.parse(facts) as Json }),
  };
}

/**
 * Opens the embedded store: one SQLite file for one batch, used by one process at a time.
 * @param file A path, or `:memory:`.
 * Throws: `batch.locked` if another process has it open, `batch.unavailable`.
 */
export async function openSqliteBatchStore(file: string): Promise<BatchStore> {
  const db = await openDatabase({ file, migrations, faults });
  const { query } = db;
  const text = async (sql: string, args = {}): Promise<string | undefined> => {
    const [row] = await query(sql, args);
    return row && String(row["text"]);
  };

  /** Digests of the provenances that are kept for sure. */
  const origins = new Set<string>();

  return {
    async settled(items, retriesFailed) {
      const states = retriesFailed ? ["done"] : ["done", "failed"];
      const asked = items.map(({ key, fingerprint }) => ({ key, fingerprint }));
      const args = { items: JSON.stringify(asked), states: JSON.stringify(states) };
      const rows = await query(statements.settled, args);
      return new Set(rows.map(({ key }) => String(key)));
    },
    async start({ key, fingerprint }, startedMs) {
      const [row] = await query(statements.start, { key, fingerprint, startedMs });
      return Number(row?.["attempts"]);
    },
    async finish(key, attempt, { result, sizeBytes = 0, provenance }, endedMs) {
      const digest = provenance?.digest ?? null;
      const isNewOrigin = provenance !== undefined && !origins.has(provenance.digest);
      const args = { key, attempt, sizeBytes, endedMs, provenance: digest };
      const changes = await db.changeAll([
        // The first attempt of an item is the first thing that a shard could hold of it.
        ...(attempt === 1 ? [] : [{ sql: statements.staleShard, args: { key, attempt } }]),
        ...(isNewOrigin ? [{ sql: statements.keepProvenance, args: { ...provenance } }] : []),
        { sql: statements.finish, args: { ...args, result: JSON.stringify(result) } },
      ]);
      if (isNewOrigin) origins.add(provenance.digest);
      return changes.at(-1) === 1;
    },
    async fail(key, attempt, error, endedMs) {
      const args = { key, attempt, error: JSON.stringify(error), endedMs };
      return (await db.change(statements.fail, args)) === 1;
    },
    release: async (key, attempt) => (await db.change(statements.release, { key, attempt })) === 1,
    async get(key) {
      const [row] = await query(statements.byKey, { key });
      return row && toRecord(row);
    },
    async list({ states = itemStates, shard, after = 0, limit }) {
      const page = { after, limit };
      if (shard === null) return (await query(statements.listLoose, page)).map(toRecord);
      const rows =
        shard === undefined
          ? await query(statements.list, { states: JSON.stringify(states), ...page })
          : await query(statements.listShard, { shard, ...page });
      return rows.map(toRecord);
    },
    async counts() {
      const rows = await query(statements.counts);
      const found = new Map(rows.map(({ state, items }) => [String(state), Number(items)]));
      const count = (state: ItemState): number => found.get(state) ?? 0;
      const [waiting, running] = [count("waiting"), count("running")];
      return { waiting, running, done: count("done"), failed: count("failed") };
    },
    provenance: (digest) => text(statements.provenance, { digest }),
    async description() {
      const found = await text(statements.description);
      return found === undefined ? undefined : (JSON.parse(found) as Json);
    },
    async describe(description) {
      await db.change(statements.describe, { text: JSON.stringify(description) });
    },
    async planShard(sizeBytes, isFull = false) {
      const args = { sizeBytes: Math.max(1, sizeBytes), isFull: isFull ? 1 : 0 };
      const [added] = await db.changeAll([
        { sql: statements.addShard, args },
        { sql: statements.fillShard, args },
      ]);
      if (added !== 1) return undefined;
      const [row] = await query(statements.filledShard);
      return Number(row?.["number"]);
    },
    shards: async () => (await query(statements.shards)).map(toShard),
    async keepShard(number, facts) {
      await db.change(statements.keepShard, { number, facts: JSON.stringify(facts) });
    },
    async dropShard(number) {
      await db.change(statements.dropShard, { number });
    },
    close: db.close,
  };
}
