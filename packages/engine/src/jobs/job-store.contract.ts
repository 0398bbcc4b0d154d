import { describe, expect, test } from "vitest";
import { answerGraph } from "../host/answer-nodes.fixture.ts";
import type { NewJob } from "./job.ts";
import type { JobStore } from "./job-store.ts";

const graph = answerGraph("pid");

function newJob(id: string, rest: Partial<NewJob> = {}): NewJob {
  return { id, requestId: `request ${id}`, client: "c", folder: "f", graph, createdMs: 5, ...rest };
}

/**
 * What every store of jobs must do.
 * @param openStore Opens an empty store.
 */
export function describeJobStore(name: string, openStore: () => Promise<JobStore>): void {
  const idsOf = (jobs: readonly { readonly id: string }[]): string[] => jobs.map(({ id }) => id);

  describe(name, () => {
    test("keeps a job whole", async () => {
      const store = await openStore();
      const added = await store.add(newJob("a", { outputs: ["x"], tags: ["t"], documentId: "d" }));
      expect(added).toEqual({
        ...newJob("a", { outputs: ["x"], documentId: "d" }),
        ...{ state: "queued", resumes: 0, events: [] },
        ...{ tags: ["t"], isKept: false, files: [], hasThumbnail: false, priority: 0 },
      });
      expect(await store.get("a")).toEqual(added);
      expect(await store.get("b")).toBeUndefined();
    });

    test("[J1] a client's second submission of a request is its first", async () => {
      const store = await openStore();
      await store.add(newJob("a", { requestId: "r" }));
      expect((await store.add(newJob("b", { requestId: "r" }))).id).toBe("a");
      expect((await store.add(newJob("c", { requestId: "r", client: "d" }))).id).toBe("c");
      expect(await store.counts()).toEqual(new Map([["queued", 2]]));
    });

    test("lists the newest first, by state, up to a limit", async () => {
      const store = await openStore();
      for (const id of ["a", "b", "c"]) await store.add(newJob(id));
      await store.start("b", 6);
      expect(idsOf(await store.list({ limit: 2 }))).toEqual(["c", "b"]);
      expect(idsOf(await store.list({ states: ["queued"], limit: 9 }))).toEqual(["c", "a"]);
    });

    test("a list has the summary of each job, with whatever it has", async () => {
      const store = await openStore();
      expect(await store.list({ limit: 9 })).toEqual([]);
      await store.add(newJob("a", { folder: 'a "quoted"\\n' }));
      await store.add(newJob("b", { documentId: "d", device: "cpu", tags: ['"', "\n"] }));
      await store.mark("b", { name: '{"a": "ü"}', isKept: true });
      await store.start("b", 6);
      const error = { code: "node.failed", what: '"no', hint: "H.", path: "a.b" } as const;
      const ending = { state: "failed", endedMs: 7, events: [], error } as const;
      await store.end("b", { ...ending, files: ["a,b"], manifest: "/m" });
      const jobs = await store.list({ order: "queue", limit: 9 });
      for (const job of jobs) expect(await store.get(job.id)).toMatchObject(job);
      expect(jobs).toMatchObject([
        { id: "a", folder: 'a "quoted"\\n' },
        { id: "b", error, name: '{"a": "ü"}', startedMs: 6, endedMs: 7, files: ["a,b"] },
      ]);
      expect(jobs[0]).not.toHaveProperty("error");
      expect(JSON.parse(await store.listAsJson({ order: "queue", limit: 9 }))).toEqual(jobs);
    });

    const drain = async (store: JobStore): Promise<string[]> => {
      const order: string[] = [];
      for (;;) {
        const [next] = await store.next({ folder: "f", limit: 1 });
        if (next === undefined) return order;
        order.push(next.id);
        await store.start(next.id, 6);
        await store.end(next.id, { state: "done", endedMs: 7, events: [] });
      }
    };

    test("[J4] a client with many jobs does not keep the others waiting", async () => {
      const store = await openStore();
      for (const id of ["a1", "a2", "a3", "a4"]) await store.add(newJob(id, { client: "a" }));
      for (const id of ["b1", "b2"]) await store.add(newJob(id, { client: "b" }));
      await store.add(newJob("c1"));
      await store.add(newJob("z", { client: "z", folder: "other" }));
      expect(await drain(store)).toEqual(["a1", "b1", "c1", "a2", "b2", "a3", "a4"]);
      expect(idsOf(await store.next({ folder: "other", limit: 5 }))).toEqual(["z"]);
    });

    test("[J4] whoever comes while another client's job runs is next", async () => {
      const store = await openStore();
      for (const id of ["a1", "a2", "a3"]) await store.add(newJob(id, { client: "a" }));
      await store.start("a1", 6);
      await store.add(newJob("b1", { client: "b" }));
      expect(idsOf(await store.next({ folder: "f", limit: 5 }))).toEqual(["b1", "a2", "a3"]);
    });

    test("[J13] of the queued jobs, those of a higher priority come first, each client in turn", async () => {
      const store = await openStore();
      for (const id of ["a1", "a2"]) await store.add(newJob(id, { client: "a" }));
      await store.add(newJob("low", { client: "l", priority: -1 }));
      for (const id of ["h1", "h2"]) await store.add(newJob(id, { client: "h", priority: 5 }));
      await store.add(newJob("i1", { client: "i", priority: 5 }));
      expect(await store.get("h1")).toMatchObject({ priority: 5 });
      const listed = await store.list({ order: "queue", after: "h1", limit: 3 });
      expect(idsOf(listed)).toEqual(["i1", "h2", "a1"]);
      await store.mark("a2", { priority: 9 });
      expect(await drain(store)).toEqual(["a2", "h1", "i1", "h2", "a1", "low"]);
    });

    test("[J13] a moved job takes the priority of its new neighbour", async () => {
      const store = await openStore();
      for (const id of ["a", "b"]) await store.add(newJob(id));
      for (const id of ["h", "i"]) await store.add(newJob(id, { priority: 5 }));
      await store.move("b", "i");
      await store.move("h");
      expect(await store.get("b")).toMatchObject({ priority: 5 });
      expect(await store.get("h")).toMatchObject({ priority: 0 });
      expect(await drain(store)).toEqual(["b", "i", "a", "h"]);
    });

    test("[J14] a job that names a device comes next only where that device is free", async () => {
      const store = await openStore();
      await store.add(newJob("gpu", { device: "cuda:1" }));
      await store.add(newJob("any"));
      const next = (...devices: string[]) =>
        store.next({ folder: "f", devices, limit: 5 }).then(idsOf);
      expect(await next("cpu")).toEqual(["any"]);
      expect(await next("cpu", "cuda:1")).toEqual(["gpu", "any"]);
      expect(idsOf(await store.next({ folder: "f", limit: 5 }))).toEqual(["gpu", "any"]);
      expect(await store.get("gpu")).toMatchObject({ device: "cuda:1" });
    });

    test("[J10] a queued job is moved before another one, or last", async () => {
      const store = await openStore();
      for (const id of ["a", "b", "c", "d"]) await store.add(newJob(id));
      const orderAfter = async (id: string, beforeId?: string) => {
        expect(await store.move(id, beforeId)).toBe(true);
        return idsOf(await store.list({ states: ["queued"], order: "queue", limit: 9 }));
      };
      expect(await orderAfter("d", "a")).toEqual(["d", "a", "b", "c"]);
      expect(await orderAfter("c", "a")).toEqual(["d", "c", "a", "b"]);
      expect(await orderAfter("c", "b")).toEqual(["d", "a", "c", "b"]);
      expect(await orderAfter("d")).toEqual(["a", "c", "b", "d"]);
      expect(await orderAfter("b", "b")).toEqual(["a", "c", "b", "d"]);
      await store.start("a", 6);
      expect(await store.move("a", "d")).toBe(false);
      expect(await store.move("d", "a")).toBe(false);
      expect(await store.move("none")).toBe(false);
    });

    test("lists page by page, in both orders, and by tag", async () => {
      const store = await openStore();
      for (const id of ["a", "b", "c", "d"])
        await store.add(newJob(id, { tags: [`tag ${id}`, "all"] }));
      const page = (after: string, order: "newest" | "queue") =>
        store.list({ after, order, limit: 2 }).then(idsOf);
      expect(await page("c", "newest")).toEqual(["b", "a"]);
      expect(await page("b", "queue")).toEqual(["c", "d"]);
      expect(idsOf(await store.list({ tag: "tag b", limit: 9 }))).toEqual(["b"]);
      expect(await store.list({ tag: "all", limit: 9 })).toHaveLength(4);
    });

    test("[J11] what people say of a job is kept, part by part", async () => {
      const store = await openStore();
      await store.add(newJob("a"));
      await store.mark("a", { name: "first", tags: ["x"] });
      await store.mark("a", { isKept: true });
      expect(await store.get("a")).toMatchObject({ name: "first", tags: ["x"], isKept: true });
      await store.mark("a", { name: "", isKept: false });
      expect(await store.get("a")).not.toHaveProperty("name");
      expect(await store.mark("none", { name: "x" })).toBe(false);
    });

    test("[J12] a folder's queue is paused and resumed", async () => {
      const store = await openStore();
      expect(await store.isPaused("f")).toBe(false);
      await store.pause("f", true);
      expect(await store.isPaused("f")).toBe(true);
      await store.pause("f", false);
      expect(await store.isPaused("f")).toBe(false);
    });

    test("a job that is over has its files, its thumbnail and its manifest", async () => {
      const store = await openStore();
      await store.add(newJob("a"));
      const thumbnail = { mime: "image/webp", bytes: Uint8Array.of(1, 2, 3) };
      const files = ["out/a.png"];
      const manifest = "/f/out/a.manifest.json";
      await store.end("a", { state: "done", endedMs: 9, events: [], files, thumbnail, manifest });
      expect(await store.get("a")).toMatchObject({ files, hasThumbnail: true, manifest });
      expect(await store.thumbnail("a")).toEqual(thumbnail);
      expect(await store.thumbnail("b")).toBeUndefined();
    });

    test("[J5] a job that was running when its process ended is an orphan of its folder", async () => {
      const store = await openStore();
      for (const id of ["a", "b"]) await store.add(newJob(id));
      await store.start("a", 6);
      expect(idsOf(await store.orphans("f"))).toEqual(["a"]);
      await store.requeue("a");
      expect(await store.orphans("f")).toEqual([]);
    });

    test("whoever listens hears which job should end, until they stop", async () => {
      const store = await openStore();
      const heard: string[] = [];
      const both = new Promise<void>((resolve) => {
        store.onCancelAsked((id) => id === "b" && resolve());
      });
      const stop = store.onCancelAsked((id) => {
        heard.push(id);
        stop();
      });
      await store.askToCancel("a");
      await store.askToCancel("b");
      await both;
      expect(heard).toEqual(["a"]);
    });

    test("a job starts once, ends once and keeps how", async () => {
      const store = await openStore();
      await store.add(newJob("a"));
      expect(await store.start("a", 6)).toBe(true);
      expect(await store.start("a", 7)).toBe(false);
      const error = { code: "node.failed", what: "no", hint: "H." } as const;
      const events = [{ type: "run-failed", error, seq: 3 }] as const;
      expect(await store.end("a", { state: "failed", endedMs: 9, error, events })).toBe(true);
      expect(await store.end("a", { state: "done", endedMs: 10, events: [] })).toBe(false);
      expect(await store.get("a")).toMatchObject({
        ...{ state: "failed", startedMs: 6, endedMs: 9, error, events },
      });
    });

    test("a requeued job keeps its place and counts", async () => {
      const store = await openStore();
      for (const id of ["a", "b"]) await store.add(newJob(id));
      expect(await store.requeue("a")).toBe(false);
      await store.start("a", 6);
      expect(await store.requeue("a")).toBe(true);
      expect(await store.next({ folder: "f", limit: 1 })).toMatchObject([{ id: "a", resumes: 1 }]);
    });

    const all = { maxEnded: 99, maxWithEvents: 99, endedBeforeMs: 0, maxBytes: 1e9 };
    const openWithEnded = async (...ids: string[]): Promise<JobStore> => {
      const store = await openStore();
      for (const [at, id] of ids.entries()) {
        await store.add(newJob(id));
        const events = [{ type: "run-cancelled", seq: 1 }] as const;
        await store.end(id, { state: "cancelled", endedMs: at + 1, events });
      }
      return store;
    };

    test("[J6] the oldest jobs lose their events before they are removed", async () => {
      const store = await openWithEnded("a", "b", "c");
      await store.trim({ ...all, maxEnded: 2, maxWithEvents: 1 });
      expect(await store.get("a")).toBeUndefined();
      expect(await store.get("b")).toMatchObject({ state: "cancelled", events: [] });
      expect((await store.get("c"))?.events).toHaveLength(1);
    });

    test("[J6] jobs are removed by age and by size", async () => {
      const store = await openWithEnded("a", "b", "c", "d");
      await store.trim({ ...all, endedBeforeMs: 2 });
      expect(idsOf(await store.list({ limit: 9 }))).toEqual(["d", "c", "b"]);
      const bytes =
        JSON.stringify(graph).length + JSON.stringify([{ type: "run-cancelled", seq: 1 }]).length;
      await store.trim({ ...all, maxBytes: 2 * bytes });
      expect(idsOf(await store.list({ limit: 9 }))).toEqual(["d", "c"]);
    });

    test("[J6] a kept job stays whole, whatever the limits say", async () => {
      const store = await openWithEnded("a", "b");
      await store.mark("a", { isKept: true });
      await store.trim({ maxEnded: 0, maxWithEvents: 0, endedBeforeMs: 99, maxBytes: 0 });
      expect(idsOf(await store.list({ limit: 9 }))).toEqual(["a"]);
      expect((await store.get("a"))?.events).toHaveLength(1);
    });

    test("only jobs that are over are removed", async () => {
      const store = await openStore();
      for (const id of ["a", "b", "c", "d"]) await store.add(newJob(id));
      expect(await store.remove("a")).toBe(false);
      for (const id of ["a", "b", "c"]) {
        await store.end(id, { state: "cancelled", endedMs: 9, events: [] });
      }
      expect(await store.remove("b")).toBe(true);
      await store.trim({ ...all, maxEnded: 1 });
      expect(idsOf(await store.list({ limit: 9 }))).toEqual(["d", "c"]);
    });
  });
}
