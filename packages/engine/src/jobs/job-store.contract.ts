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
      const added = await store.add(newJob("a", { outputs: ["x"] }));
      expect(added).toEqual({
        ...newJob("a", { outputs: ["x"] }),
        ...{ state: "queued", resumes: 0, events: [] },
      });
      expect(await store.get("a")).toEqual(added);
      expect(await store.get("b")).toBeUndefined();
    });

    test("[J1] a client's second submission of a request is its first", async () => {
      const store = await openStore();
      await store.add(newJob("a", { requestId: "r" }));
      expect((await store.add(newJob("b", { requestId: "r" }))).id).toBe("a");
      expect((await store.add(newJob("c", { requestId: "r", client: "d" }))).id).toBe("c");
      expect(await store.count("queued")).toBe(2);
    });

    test("lists the newest first, by state, up to a limit", async () => {
      const store = await openStore();
      for (const id of ["a", "b", "c"]) await store.add(newJob(id));
      await store.start("b", 6);
      expect(idsOf(await store.list({ limit: 2 }))).toEqual(["c", "b"]);
      expect(idsOf(await store.list({ states: ["queued"], limit: 9 }))).toEqual(["c", "a"]);
    });

    test("knows the oldest queued job of each client", async () => {
      const store = await openStore();
      for (const id of ["a", "b"]) await store.add(newJob(id));
      await store.add(newJob("c", { client: "d" }));
      await store.add(newJob("e", { client: "g", folder: "other" }));
      expect(idsOf(await store.nextOfEachClient("f"))).toEqual(["a", "c"]);
      await store.start("a", 6);
      expect(idsOf(await store.nextOfEachClient("f"))).toEqual(["b", "c"]);
      expect(idsOf(await store.nextOfEachClient("other"))).toEqual(["e"]);
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
      expect(await store.nextOfEachClient("f")).toMatchObject([{ id: "a", resumes: 1 }]);
    });

    test("[J6] the oldest jobs lose their events before they are removed", async () => {
      const store = await openStore();
      for (const id of ["a", "b", "c"]) {
        await store.add(newJob(id));
        const events = [{ type: "run-cancelled", seq: 1 }] as const;
        await store.end(id, { state: "cancelled", endedMs: 9, events });
      }
      await store.trim({ maxEnded: 2, maxWithEvents: 1 });
      expect(await store.get("a")).toBeUndefined();
      expect(await store.get("b")).toMatchObject({ state: "cancelled", events: [] });
      expect((await store.get("c"))?.events).toHaveLength(1);
    });

    test("only jobs that are over are removed", async () => {
      const store = await openStore();
      for (const id of ["a", "b", "c", "d"]) await store.add(newJob(id));
      expect(await store.remove("a")).toBe(false);
      for (const id of ["a", "b", "c"]) {
        await store.end(id, { state: "cancelled", endedMs: 9, events: [] });
      }
      expect(await store.remove("b")).toBe(true);
      await store.trim({ maxEnded: 1, maxWithEvents: 1 });
      expect(idsOf(await store.list({ limit: 9 }))).toEqual(["d", "c"]);
    });
  });
}
