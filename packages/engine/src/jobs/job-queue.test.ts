import { expect, test } from "vitest";
import { answerGraph } from "../host/answer-nodes.fixture.ts";
import type { JobSummary } from "../protocol/job-summary.ts";
import { createFakeHost } from "./fake-host.fixture.ts";
import type { JobReport } from "./job.ts";
import { type JobQueue, type JobRequest, openJobQueue, type QueueOptions } from "./job-queue.ts";
import type { JobStore } from "./job-store.ts";
import { openSqliteJobStore } from "./sqlite/sqlite-job-store.ts";

const graph = answerGraph("pid");

async function listed(queue: JobQueue): Promise<readonly JobSummary[]> {
  return JSON.parse(await queue.listAsJson({ limit: 9 }));
}

const finished = { type: "run-finished", ms: 3 } as const;
const lost = {
  type: "run-failed",
  error: { code: "process.lost", what: "gone", hint: "H." },
} as const;

async function openQueue(
  store = openSqliteJobStore(":memory:"),
  folder = "f",
  devices?: QueueOptions["devices"],
) {
  const host = createFakeHost();
  const queue = await openJobQueue({
    store: await store,
    folder,
    host,
    log: () => {},
    now: () => 7,
    ...(devices === undefined ? {} : { devices }),
  });
  const reports: JobReport[] = [];
  const waiting: (() => void)[] = [];
  queue.subscribe((report) => {
    reports.push(report);
    for (const check of waiting) check();
  });
  const submit = async (requestId: string, client = "c", rest: Partial<JobRequest> = {}) => {
    const job = await queue.submit({ requestId, client, graph, ...rest });
    if ("issues" in job) throw new Error("the job was rejected");
    return job;
  };
  /** Resolves once a report of that type has come that many times. */
  const reported = (type: JobReport["type"], count = 1): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (reports.filter((report) => report.type === type).length >= count) resolve();
      };
      waiting.push(check);
      check();
    });
  return { queue, host, reports, submit, reported };
}

test("[J3] three jobs run one after the other", async () => {
  const { host, submit, reported, queue } = await openQueue();
  for (const requestId of ["1", "2", "3"]) await submit(requestId);
  for (const count of [1, 2, 3]) {
    await host.started(count);
    expect(host.runs).toHaveLength(count);
    host.runs[count - 1]?.end(finished);
    await reported("run-finished", count);
  }
  expect((await listed(queue)).map(({ state }) => state)).toEqual([...["done", "done", "done"]]);
});

test("[J3] each device runs as many jobs at once as it may", async () => {
  const devices = [
    { name: "cpu", concurrency: 2 },
    { name: "cuda:0", concurrency: 1 },
  ];
  const { host, submit, queue, reported } = await openQueue(undefined, "f", devices);
  const jobs = [];
  for (const requestId of ["1", "2", "3", "4"]) jobs.push(await submit(requestId));
  await host.started(3);
  expect(host.runs.map(({ device }) => device)).toEqual(["cpu", "cpu", "cuda:0"]);
  expect((await queue.get(jobs[3]?.id ?? "")).state).toBe("queued");
  host.runs[2]?.end(finished);
  await reported("run-finished");
  await host.started(4);
  expect(host.runs[3]?.device).toBe("cuda:0");
});

test("[J13] [J14] jobs start by priority, and those that name a device on that one alone", async () => {
  const devices = [
    { name: "cpu", concurrency: 1 },
    { name: "cuda:0", concurrency: 1 },
  ];
  const { host, submit, queue, reported } = await openQueue(undefined, "f", devices);
  await queue.pause(true);
  await submit("gpu 1", "c", { device: "cuda:0" });
  await submit("gpu 2", "c", { device: "cuda:0" });
  await submit("any");
  const urgent = await submit("urgent", "c", { device: "cuda:0", priority: 3 });
  const lost = await submit("lost", "c", { device: "cuda:7" });
  await queue.pause(false);
  await host.started(2);
  expect(host.runs.map(({ device }) => device)).toEqual(["cuda:0", "cpu"]);
  expect((await queue.get(urgent.id)).state).toBe("running");
  for (const run of [0, 1, 2]) {
    host.runs[run]?.end(finished);
    await reported("run-finished", run + 1);
    if (run === 0) await host.started(3);
  }
  await host.started(4);
  expect(host.runs.map(({ device }) => device)).toEqual(["cuda:0", "cpu", "cuda:0", "cuda:0"]);
  expect((await queue.get(lost.id)).state).toBe("queued");
});

test("a job that is retried keeps its device and its priority; its manifest is known", async () => {
  const { host, submit, reported, queue } = await openQueue();
  const { id } = await submit("1", "c", { device: "cuda:0", priority: 2 });
  await host.started(1);
  expect(host.runs[0]?.device).toBe("cuda:0");
  host.runs[0]?.emit({ type: "manifest-written", path: "/f/a.manifest.json" });
  host.runs[0]?.end(finished);
  await reported("run-finished");
  expect(await queue.get(id)).toMatchObject({ manifest: "/f/a.manifest.json" });
  expect(await queue.retry(id)).toMatchObject({ device: "cuda:0", priority: 2 });
});

test("[J1] a request that is submitted twice runs once", async () => {
  const { host, submit, reports } = await openQueue();
  const [one, two] = [await submit("1"), await submit("1")];
  expect(two.id).toBe(one.id);
  await host.started(1);
  expect(reports.filter(({ type }) => type === "run-queued")).toHaveLength(1);
});

test("[J9] reports are numbered, and kept when the job is over", async () => {
  const { host, submit, reported, reports, queue } = await openQueue();
  const { id } = await submit("1");
  await host.started(1);
  host.runs[0]?.emit({ type: "node-started", nodeId: "a" });
  expect((await queue.get(id)).events).toEqual([{ type: "node-started", nodeId: "a", seq: 1 }]);
  host.runs[0]?.end(finished);
  await reported("run-finished");
  expect(reports.map(({ type }) => type)).toEqual([
    ...["run-queued", "run-started", "node-started", "run-finished"],
  ]);
  expect(await queue.get(id)).toMatchObject({
    state: "done",
    events: [{ seq: 1 }, { ...finished, seq: 2 }],
  });
});

test("cancel ends a queued job at once and asks a running one to end; the others stay", async () => {
  const { host, submit, reported, queue } = await openQueue();
  const [one, two, three] = [await submit("1"), await submit("2"), await submit("3")];
  await host.started(1);
  await queue.cancel(two.id);
  const cancelled = await queue.get(two.id);
  expect(cancelled).toMatchObject({ state: "cancelled", events: [{ type: "run-cancelled" }] });
  // A client may have seen events of a run that was broken off.
  expect(cancelled.events[0]?.seq).toBeGreaterThan(1e9);
  await queue.cancel(one.id);
  expect(host.runs[0]?.isCancelled()).toBe(true);
  host.runs[0]?.end({ type: "run-cancelled" });
  await reported("run-cancelled", 2);
  await host.started(2);
  expect((await queue.get(three.id)).state).toBe("running");
});

test("[J5] a job whose process is lost runs again once, then fails", async () => {
  const { host, submit, reported, queue } = await openQueue();
  const { id } = await submit("1");
  await host.started(1);
  host.runs[0]?.emit({ type: "node-started", nodeId: "a" });
  host.runs[0]?.end(lost);
  await host.started(2);
  host.runs[1]?.emit({ type: "node-started", nodeId: "a" });
  const [event] = (await queue.get(id)).events;
  expect(event?.seq).toBeGreaterThan(1);
  host.runs[1]?.end(lost);
  await reported("run-failed");
  expect(await queue.get(id)).toMatchObject({ state: "failed", resumes: 1, error: lost.error });
  expect(host.runs).toHaveLength(2);
});

test("[J5] what ran when the queue closed is resumed once by the next one, then waits", async () => {
  const store = openSqliteJobStore(":memory:");
  const first = await openQueue(store);
  const [{ id }, later] = [await first.submit("1"), await first.submit("2")];
  await first.host.started(1);
  first.queue.close();
  const second = await openQueue(store);
  await second.host.started(1);
  expect(await second.queue.get(id)).toMatchObject({ state: "running", resumes: 1 });
  second.queue.close();
  const third = await openQueue(store);
  await third.host.started(1);
  expect(await third.queue.get(id)).toMatchObject({ state: "interrupted" });
  expect(await third.queue.get(later.id)).toMatchObject({ state: "running", resumes: 0 });
  expect(await third.queue.retry(id)).toMatchObject({ state: "queued" });
});

test("[J7] a job waits for a server of its own folder", async () => {
  const store = openSqliteJobStore(":memory:");
  const first = await openQueue(store);
  await first.submit("1");
  const { id } = await first.submit("2");
  await first.host.started(1);
  first.queue.close();
  const elsewhere = await openQueue(store, "other");
  const own = await elsewhere.submit("3");
  await elsewhere.host.started(1);
  expect((await elsewhere.queue.get(own.id)).state).toBe("running");
  expect((await elsewhere.queue.get(id)).state).toBe("queued");
});

test("[J8] a result that cannot be recorded is reported with a warning, and recorded later", async () => {
  const store = await openSqliteJobStore(":memory:");
  const lines: string[] = [];
  const host = createFakeHost();
  let faults = 2;
  const full: JobStore = {
    ...store,
    end: (...ending) =>
      faults-- > 0 ? Promise.reject(new Error("no room")) : store.end(...ending),
  };
  const queue = await openJobQueue({
    store: full,
    folder: "f",
    host,
    log: (line) => lines.push(line),
    againMs: 1,
  });
  const ended = new Promise<JobReport>((resolve) => {
    queue.subscribe((report) => report.type === "run-finished" && resolve(report));
  });
  const job = await queue.submit({ requestId: "1", client: "c", graph });
  // It starts once the end of the first one is recorded.
  await queue.submit({ requestId: "2", client: "c", graph });
  await host.started(1);
  host.runs[0]?.end(finished);
  expect(await ended).toMatchObject({
    ...finished,
    warning: { what: expect.stringContaining("no room") },
  });
  await host.started(2);
  expect(lines).toEqual([expect.stringContaining("no room"), expect.stringContaining("no room")]);
  expect(await queue.get("id" in job ? job.id : "")).toMatchObject({ state: "done" });
});

/** A queue whose store has no room the first two times that it is asked for a change; the change may have happened. */
async function openOnFullDisk(change: "start" | "requeue", isChanged = false) {
  const store = await openSqliteJobStore(":memory:");
  let faults = 2;
  const fail = async (id: string): Promise<never> => {
    if (isChanged && change === "start") await store.start(id, 7);
    throw new Error("no room");
  };
  const full: JobStore = {
    ...store,
    [change]: (id: string) => (faults-- > 0 ? fail(id) : store[change](id, 7)),
  };
  const host = createFakeHost();
  const now = () => 7;
  const queue = await openJobQueue({
    ...{ store: full, folder: "f", host, log: () => {}, againMs: 1, now },
  });
  const job = await queue.submit({ requestId: "1", client: "c", graph });
  return { host, queue, id: "id" in job ? job.id : "", faults: () => faults };
}

test.each([false, true])(
  "[J8] a job that could not be started is started later, also where only the answer was lost: %s",
  async (isChanged) => {
    const { host, queue, id, faults } = await openOnFullDisk("start", isChanged);
    await host.started(1);
    expect(faults()).toBeLessThan(0);
    expect(await queue.get(id)).toMatchObject({ state: "running", resumes: 0 });
  },
);

test("[J5] a job whose process is lost while the disk is full runs again once there is room", async () => {
  const { host, queue, id } = await openOnFullDisk("requeue");
  await host.started(1);
  host.runs[0]?.end(lost);
  await host.started(2);
  expect(await queue.get(id)).toMatchObject({ state: "running", resumes: 1 });
});

test("[J5] a job that is cancelled before it could be queued again does not run again", async () => {
  const { host, queue, id } = await openOnFullDisk("requeue");
  const ended = new Promise<void>((resolve) => {
    queue.subscribe(({ type }) => type === "run-cancelled" && resolve());
  });
  await host.started(1);
  host.runs[0]?.end(lost);
  await queue.get(id);
  await queue.cancel(id);
  await ended;
  expect(await queue.get(id)).toMatchObject({ state: "cancelled" });
  expect(host.runs).toHaveLength(1);
});

test("[J6] a clock that is set a year ahead, or back, removes no job by its age", async () => {
  const host = createFakeHost();
  const year = 365 * 24 * 60 * 60 * 1000;
  let clockMs = 5 * year;
  const store = await openSqliteJobStore(":memory:");
  const now = () => clockMs;
  const queue = await openJobQueue({ store, folder: "f", host, log: () => {}, now });
  const ended = async (count: number): Promise<void> => {
    if ((await queue.counts()).done < count) await ended(count);
  };
  for (const [at, jump] of [0, year, -2 * year].entries()) {
    clockMs += jump;
    await queue.submit({ requestId: `${at}`, client: "c", graph });
    await host.started(at + 1);
    host.runs[at]?.end(finished);
    await ended(at + 1);
  }
  const jobs = await listed(queue);
  expect(jobs.map(({ requestId }) => requestId)).toEqual(["2", "1", "0"]);
});

test("a graph with issues leaves no job", async () => {
  const { queue } = await openQueue();
  const empty = { ...graph, nodes: {} };
  expect(await queue.submit({ requestId: "1", client: "c", graph: empty })).toMatchObject({
    issues: [{ code: "graph.nothing-wanted" }],
  });
  expect(await listed(queue)).toEqual([]);
});

test("a job under way is neither removed nor retried, nor is one that is not there", async () => {
  const { queue, submit } = await openQueue();
  const { id } = await submit("1");
  for (const attempt of [queue.remove(id), queue.retry(id), queue.remove("x"), queue.get("x")]) {
    await expect(attempt).rejects.toMatchObject({ code: "jobs.unknown" });
  }
});

test("[J12] a paused queue starts nothing, also over a restart, until it is resumed", async () => {
  const store = openSqliteJobStore(":memory:");
  const { queue, submit, host, reports } = await openQueue(store);
  await queue.pause(true);
  const { id } = await submit("1");
  expect(reports).toMatchObject([{ type: "jobs-changed", isPaused: true }, { type: "run-queued" }]);
  queue.close();
  const again = await openQueue(store);
  expect(again.queue.isPaused()).toBe(true);
  expect((await again.queue.get(id)).state).toBe("queued");
  await again.queue.pause(false);
  await again.host.started(1);
  expect([host.runs.length, again.host.runs.length]).toEqual([0, 1]);
});

test("[J10] a job that is moved to the front runs next", async () => {
  const { queue, submit, host, reported } = await openQueue();
  await submit("1");
  await host.started(1);
  const [two, three] = [await submit("2"), await submit("3")];
  await queue.move(three.id, two.id);
  host.runs[0]?.end(finished);
  await reported("run-started", 2);
  expect((await queue.get(three.id)).state).toBe("running");
  await expect(queue.move(three.id)).rejects.toMatchObject({ code: "jobs.unknown" });
});

test("a job has the files that it saved and a thumbnail of its last picture", async () => {
  const host = createFakeHost();
  const queue = await openJobQueue({
    store: await openSqliteJobStore(":memory:"),
    folder: "f",
    host,
    log: () => {},
    makeThumbnail: async ({ mime, bytes }) => ({ mime, bytes: bytes.slice(0, 2) }),
  });
  const named: unknown[] = [];
  const ended = new Promise<void>((resolve) => {
    queue.subscribe((report) => {
      if ("documentId" in report) named.push([report.type, report.documentId]);
      if (report.type === "run-finished") resolve();
    });
  });
  const job = await queue.submit({
    requestId: "1",
    client: "c",
    graph,
    tags: ["t"],
    documentId: "d",
  });
  const id = "id" in job ? job.id : "";
  await host.started(1);
  const preview = {
    kind: "image",
    mime: "image/webp",
    base64: Buffer.of(1, 2, 3).toString("base64"),
  } as const;
  const done = { type: "node-finished", nodeId: "a", cached: false, ms: 1, digests: {} } as const;
  host.runs[0]?.emit({ ...done, previews: { picture: preview } });
  for (const path of ["a.png", "b.png"])
    host.runs[0]?.emit({ type: "node-saved", nodeId: "a", path });
  host.runs[0]?.end(finished);
  await ended;
  expect(await queue.get(id)).toMatchObject({
    files: ["a.png", "b.png"],
    hasThumbnail: true,
    tags: ["t"],
  });
  expect([...(await queue.thumbnail(id)).bytes]).toEqual([1, 2]);
  expect(named).toEqual([
    ["run-queued", "d"],
    ["run-started", "d"],
  ]);
  expect(await queue.snapshots()).toMatchObject([{ runId: id, documentId: "d" }]);
  expect(await queue.retry(id)).toMatchObject({ documentId: "d" });
  expect(await queue.counts()).toMatchObject({ done: 1 });
});
