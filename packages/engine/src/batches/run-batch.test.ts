import fc from "fast-check";
import { expect, test } from "vitest";
import { EngineError } from "../errors.ts";
import { answerGraph } from "../host/answer-nodes.fixture.ts";
import type { ExecutionHost } from "../host/execution-host.ts";
import type { RunEnding } from "../protocol/run-event.ts";
import type { BatchItem } from "./batch-item.ts";
import type { BatchOptions, ItemReport } from "./batch-options.ts";
import type { BatchStore } from "./batch-store.ts";
import { runBatch } from "./run-batch.ts";
import { openSqliteBatchStore } from "./sqlite/sqlite-batch-store.ts";

type Answer = (key: string, attempt: number) => RunEnding | "wait";

const finished: RunEnding = { type: "run-finished", ms: 1 };
const failed: RunEnding = {
  type: "run-failed",
  error: { code: "node.failed", what: "no", hint: "H." },
};
const lost: RunEnding = {
  type: "run-failed",
  error: { code: "process.lost", what: "gone", hint: "H." },
};

/** A host that ends each run as it is told; the graph's name carries the item. */
function hostOf(answer: Answer): Pick<ExecutionHost, "run"> {
  return {
    async run({ graph }, emit) {
      const [key = "", attempt = ""] = String(graph.name).split(" ");
      const how = answer(key, Number(attempt));
      if (how !== "wait") return { ended: Promise.resolve(how), cancel: () => {} };
      let cancel = (): void => {};
      const ended = new Promise<RunEnding>((resolve) => {
        cancel = () => resolve({ type: "run-cancelled" });
      });
      emit({ type: "node-started", nodeId: "a" });
      return { ended, cancel };
    },
  };
}

async function* itemsOf(keys: Iterable<string>, fingerprint = "f"): AsyncGenerator<BatchItem> {
  for (const key of keys) yield { key, fingerprint };
}

const prepare: BatchOptions<BatchItem>["prepare"] = async ({ key }, attempt) => ({
  request: { graph: { ...answerGraph("pid"), name: `${key} ${attempt}` } },
  collect: async () => ({ result: `${key} ${attempt}` }),
});

interface Given extends Partial<BatchOptions<BatchItem>> {
  readonly keys?: Iterable<string>;
  readonly answer?: Answer;
  readonly hostCount?: number;
}

async function run(store: BatchStore, given: Given = {}): Promise<readonly ItemReport[]> {
  const { keys = ["a", "b", "c"], answer = () => finished, hostCount = 1, ...rest } = given;
  const reports: ItemReport[] = [];
  const hosts = Array.from({ length: hostCount }, () => hostOf(answer));
  const report = (event: ItemReport): void => void reports.push(event);
  await runBatch({ store, hosts, items: itemsOf(keys), prepare, report, now: () => 7, ...rest });
  return reports;
}

test("runs each item once and keeps what it gave", async () => {
  const store = await openSqliteBatchStore(":memory:");
  const reports = await run(store);
  expect(reports.slice(0, 2)).toEqual([
    { type: "item-started", key: "a", attempt: 1 },
    { type: "item-done", key: "a", ms: 0, result: { result: "a 1" } },
  ]);
  expect(await store.counts()).toEqual({ waiting: 0, running: 0, done: 3, failed: 0 });
  expect(await run(store)).toEqual([{ type: "items-settled", count: 3 }]);
});

test("[B1] an item whose fingerprint changed runs again", async () => {
  const store = await openSqliteBatchStore(":memory:");
  await run(store);
  const reports = await run(store, { items: itemsOf(["b"], "another graph") });
  expect(reports.map(({ type }) => type)).toEqual(["item-started", "item-done"]);
  expect(await store.get("b")).toMatchObject({ result: "b 2", fingerprint: "another graph" });
});

test("[B3] a failing item is kept with its reason, and can be retried alone", async () => {
  const store = await openSqliteBatchStore(":memory:");
  await run(store, { answer: (key) => (key === "b" ? failed : finished) });
  expect(await store.get("b")).toMatchObject({ state: "failed", error: { what: "no" } });
  expect(await store.counts()).toMatchObject({ done: 2, failed: 1 });
  expect(await run(store)).toEqual([{ type: "items-settled", count: 3 }]);
  const again = await run(store, { retriesFailed: true });
  expect(again).toContainEqual({ type: "item-started", key: "b", attempt: 2 });
  expect(await store.counts()).toMatchObject({ done: 3, failed: 0 });
});

test("[B3] an item that cannot be prepared, or whose result cannot be used, fails", async () => {
  const store = await openSqliteBatchStore(":memory:");
  const refuse = new EngineError("file.unreadable", "not a picture", { hint: "H." });
  await run(store, {
    async prepare(item, attempt) {
      if (item.key === "a") throw refuse;
      const prepared = await prepare(item, attempt);
      if (item.key === "c") return prepared;
      return { ...prepared, collect: () => Promise.reject(refuse) };
    },
  });
  expect(await store.get("a")).toMatchObject({ error: { code: "file.unreadable" } });
  expect(await store.get("b")).toMatchObject({ error: { code: "file.unreadable" } });
  expect(await store.counts()).toMatchObject({ done: 1, failed: 2 });
});

test("what an attempt holds is released, however it ends", async () => {
  const store = await openSqliteBatchStore(":memory:");
  const held = new Set<string>();
  await run(store, {
    answer: (key) => (key === "a" ? failed : key === "b" ? lost : finished),
    async prepare(item, attempt) {
      const name = `${item.key} ${attempt}`;
      held.add(name);
      return { ...(await prepare(item, attempt)), release: async () => void held.delete(name) };
    },
  });
  expect(held).toEqual(new Set());
});

test("[B3] an item whose process is lost is tried three times", async () => {
  const store = await openSqliteBatchStore(":memory:");
  const answer: Answer = (key, attempt) =>
    key === "a" || (key === "b" && attempt < 3) ? lost : finished;
  await run(store, { answer });
  expect(await store.get("a")).toMatchObject({ state: "failed", attempts: 3 });
  expect(await store.get("b")).toMatchObject({ state: "done", attempts: 3 });
  expect(await store.get("c")).toMatchObject({ state: "done", attempts: 1 });
});

test("[B4] items are pulled as others end", async () => {
  const store = await openSqliteBatchStore(":memory:");
  let [pulled, ended, ahead] = [0, 0, 0];
  function* keys(): Generator<string> {
    for (let at = 0; at < 500; at++) {
      pulled += 1;
      ahead = Math.max(ahead, pulled - ended);
      yield `${at}`;
    }
  }
  await run(store, {
    ...{ keys: keys(), hostCount: 2 },
    report: ({ type }) => {
      if (type === "item-done") ended += 1;
    },
  });
  expect(await store.counts()).toMatchObject({ done: 500 });
  expect(ahead).toBeLessThanOrEqual(16 + 2);
});

test("[B5] an interrupted batch cancels what is running, which runs again the next time", async () => {
  const store = await openSqliteBatchStore(":memory:");
  const stop = new AbortController();
  await run(store, {
    answer: (key) => (key === "b" ? "wait" : finished),
    signal: stop.signal,
    report: (event) => {
      if (event.type === "item-started" && event.key === "b") stop.abort();
    },
  });
  expect(await store.counts()).toEqual({ waiting: 1, running: 0, done: 1, failed: 0 });
  await run(store);
  expect(await store.counts()).toMatchObject({ waiting: 0, done: 3 });
});

test("[B5] a fault of the store or the source ends the batch, and what is running is cancelled", async () => {
  const store = await openSqliteBatchStore(":memory:");
  const full = new EngineError("batch.unavailable", "the disk is full", { hint: "H." });
  const broken: BatchStore = {
    ...store,
    finish: (key, attempt, result, endedMs) =>
      key === "b" ? Promise.reject(full) : store.finish(key, attempt, result, endedMs),
  };
  const answer: Answer = (key) => (key === "a" ? "wait" : finished);
  await expect(run(broken, { answer, hostCount: 2 })).rejects.toBe(full);
  expect(await store.get("a")).toMatchObject({ state: "waiting" });
  const tornAway = new Error("the drive was taken out");
  async function* items(): AsyncGenerator<BatchItem> {
    yield { key: "z", fingerprint: "f" };
    throw tornAway;
  }
  await expect(run(store, { items: items() })).rejects.toBe(tornAway);
});

test("[B2] whatever is interrupted, fails and is lost: every item ends with one result", async () => {
  const keys = Array.from({ length: 12 }, (_, at) => `k${at}`);
  const outcomes = fc.array(fc.constantFrom(finished, failed, lost), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(
      outcomes,
      fc.integer({ min: 1, max: 4 }),
      fc.nat(30),
      async (script, hostCount, stopAt) => {
        const store = await openSqliteBatchStore(":memory:");
        const stop = new AbortController();
        let [at, reported] = [0, 0];
        const answer: Answer = () => script[at++] ?? finished;
        const report = (): void => void (++reported === stopAt && stop.abort());
        await run(store, { keys, hostCount, answer, report, signal: stop.signal });
        await run(store, { keys, hostCount, retriesFailed: true });
        const items = await store.list({ limit: 99 });
        expect(items.map(({ state }) => state)).toEqual(keys.map(() => "done"));
        expect(items.map(({ key }) => key).toSorted()).toEqual(keys.toSorted());
        expect(items.every(({ key, attempts, result }) => result === `${key} ${attempts}`)).toBe(
          true,
        );
        await store.close();
      },
    ),
    { numRuns: 60 },
  );
});
