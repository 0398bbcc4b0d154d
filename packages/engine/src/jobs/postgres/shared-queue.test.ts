import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { answerGraph } from "../../host/answer-nodes.fixture.ts";
import { queryPostgres, startPostgres } from "../../postgres/postgres-server.fixture.ts";
import { createFakeHost, type FakeHost } from "../fake-host.fixture.ts";
import type { JobReport } from "../job.ts";
import { type JobQueue, openJobQueue } from "../job-queue.ts";
import { openPostgresJobStore } from "./postgres-job-store.ts";

const server = await startPostgres();
afterAll(() => server?.stop());

/** A server on a machine of its own, with the reports that its pages get. */
interface Server {
  readonly queue: JobQueue;
  readonly host: FakeHost;
  readonly reports: readonly JobReport[];
  /** Resolves once a report fits. */
  until(fits: (report: JobReport) => boolean): Promise<void>;
  close(): Promise<void>;
}

async function openServer(address: string, machine: string): Promise<Server> {
  const store = await openPostgresJobStore(address, "/graphs", machine);
  const host = createFakeHost();
  const queue = await openJobQueue({ store, folder: "/graphs", host, log: () => {}, againMs: 20 });
  const reports: JobReport[] = [];
  let wake = (): void => {};
  queue.subscribe((report) => {
    reports.push(report);
    wake();
  });
  return {
    ...{ queue, host, reports },
    async until(fits) {
      while (!reports.some(fits)) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    async close() {
      queue.close();
      await store.close();
    },
  };
}

const done = { type: "node-finished", ms: 1, digests: {}, previews: {}, cached: false } as const;
const typesOf = (reports: readonly JobReport[]) =>
  reports.filter(({ type }) => type !== "jobs-changed").map(({ type }) => type);
const seqsOf = (reports: readonly JobReport[]) =>
  reports.flatMap((report) => ("seq" in report ? [report.seq] : []));

describe.skipIf(server === undefined)("two servers with one database", () => {
  let address = "";
  let [desk, studio]: Server[] = [];
  beforeEach(async () => {
    address = (await server?.newDatabase()) ?? "";
    // Equal folders on two machines are two folders.
    [desk, studio] = [await openServer(address, "desk"), await openServer(address, "studio")];
  });
  afterEach(async () => {
    for (const each of [desk, studio]) await each?.close();
  });
  const both = (): readonly [Server, Server] => {
    if (desk === undefined || studio === undefined) throw new TypeError("there are no servers");
    return [desk, studio];
  };
  const submitTo = async ({ queue, host }: Server): Promise<string> => {
    const submitted = await queue.submit({
      ...{ requestId: `${host.runs.length}`, client: "c", graph: answerGraph("pid") },
    });
    await host.started(host.runs.length + 1);
    return "id" in submitted ? submitted.id : "";
  };

  test("[J16] a page of one server follows a job of the other: every event, once and in order", async () => {
    const [one, two] = both();
    const id = await submitTo(one);
    for (const nodeId of ["a", "b"]) {
      one.host.runs[0]?.emit({ type: "node-started", nodeId });
      one.host.runs[0]?.emit({ ...done, nodeId });
      await two.until((report) => report.type === "node-finished" && report.nodeId === nodeId);
    }
    const followed = await two.queue.get(id);
    expect(followed.events.map(({ type }) => type)).toEqual(typesOf(two.reports).slice(2));
    one.host.runs[0]?.end({ type: "run-finished", ms: 1 });
    for (const each of both()) await each.until(({ type }) => type === "run-finished");
    expect(typesOf(two.reports)).toEqual(typesOf(one.reports));
    expect(seqsOf(two.reports)).toEqual([1, 2, 3, 4, 5]);
    expect((await two.queue.get(id)).state).toBe("done");
    expect(two.queue.folderOf(await two.queue.get(id))).toBeUndefined();
    expect(one.queue.folderOf(await two.queue.get(id))).toBe("/graphs");
  });

  test("[J16] what happened while the connection was lost is read from the last number on", async () => {
    const [one, two] = both();
    await submitTo(one);
    one.host.runs[0]?.emit({ type: "node-started", nodeId: "a" });
    await two.until(({ type }) => type === "node-started");
    for (let round = 0; round < 3; round++) {
      await queryPostgres(
        address,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()",
      );
      one.host.runs[0]?.emit({ ...done, nodeId: `n${round}` });
      await two.until((report) => "nodeId" in report && report.nodeId === `n${round}`);
    }
    one.host.runs[0]?.end({ type: "run-finished", ms: 1 });
    for (const each of both()) await each.until(({ type }) => type === "run-finished");
    expect(typesOf(two.reports)).toEqual(typesOf(one.reports));
    expect(seqsOf(two.reports)).toEqual([1, 2, 3, 4, 5]);
  });

  test("[J16] a job is cancelled and retried from the other server, where it belongs", async () => {
    const [one, two] = both();
    const id = await submitTo(one);
    await two.queue.cancel(id);
    while (one.host.runs[0]?.isCancelled() !== true) await one.queue.get(id);
    one.host.runs[0]?.end({ type: "run-cancelled" });
    await two.until(({ type }) => type === "run-cancelled");
    const retried = await two.queue.retry(id);
    await one.host.started(2);
    expect(two.host.runs).toEqual([]);
    expect(retried).toMatchObject({ folder: "desk:/graphs" });
  });

  test("[J16] a cancel that nobody heard is heard once the connection is there again", async () => {
    const [one] = both();
    const id = await submitTo(one);
    await queryPostgres(
      address,
      `UPDATE jobs SET cancel_asked = true WHERE id = '${id}';
       SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()`,
    );
    while (one.host.runs[0]?.isCancelled() !== true) await one.queue.get(id).catch(() => {});
  });

  test("[J12] the servers of a database pause together", async () => {
    const [one, two] = both();
    await two.queue.pause(true);
    await one.until((report) => report.type === "jobs-changed" && report.isPaused);
    await one.queue.submit({ requestId: "p", client: "c", graph: answerGraph("pid") });
    expect(one.queue.isPaused()).toBe(true);
    expect(one.host.runs).toEqual([]);
    await two.queue.pause(false);
    await one.host.started(1);
  });

  test("[J16] a run that begins again after a kill is told from its start", async () => {
    const [one, two] = both();
    const id = await submitTo(one);
    one.host.runs[0]?.emit({ type: "node-started", nodeId: "a" });
    await two.until(({ type }) => type === "node-started");
    await one.close();
    desk = await openServer(address, "desk");
    await desk.queue.pause(false);
    await desk.host.started(1);
    desk.host.runs[0]?.emit({ type: "node-started", nodeId: "again" });
    await two.until((report) => "nodeId" in report && report.nodeId === "again");
    expect(typesOf(two.reports)).toEqual([
      ...["run-queued", "run-started", "node-started"],
      ...["run-queued", "run-started", "node-started"],
    ]);
    expect((await two.queue.get(id)).events).toHaveLength(1);
  });
});
