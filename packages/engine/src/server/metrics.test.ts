import { expect, test } from "vitest";
import { openDocumentsForTest } from "../documents/documents-for-test.fixture.ts";
import { answerGraph } from "../host/answer-nodes.fixture.ts";
import { createFakeHost } from "../jobs/fake-host.fixture.ts";
import { openJobQueue } from "../jobs/job-queue.ts";
import { openSqliteJobStore } from "../jobs/sqlite/sqlite-job-store.ts";
import { createFakeCluster } from "./fake-cluster.fixture.ts";
import { createMetrics } from "./metrics.ts";

test("counts jobs, runs, nodes, requests, connections, documents, workers and tasks", async () => {
  const host = createFakeHost();
  const store = await openSqliteJobStore(":memory:");
  const jobs = await openJobQueue({ store, folder: "f", host, log: () => {} });
  const documents = await openDocumentsForTest();
  await documents.create("one", answerGraph("pid"));
  const metrics = createMetrics({ jobs, documents, cluster: async () => createFakeCluster() });
  const ended = new Promise<void>((resolve) => {
    jobs.subscribe(({ type }) => type === "run-finished" && resolve());
  });
  for (const requestId of ["1", "2"]) {
    await jobs.submit({ requestId, client: "c", graph: answerGraph("pid") });
  }
  await host.started(1);
  const done = { type: "node-finished", nodeId: "a", ms: 1, digests: {}, previews: {} } as const;
  host.runs[0]?.emit({ ...done, cached: true });
  host.runs[0]?.end({ type: "run-finished", ms: 400 });
  await ended;
  await jobs.pause(true);
  metrics.answered({ method: "GET", path: "/", status: 200, ms: 20 });
  metrics.connected(1);
  const { text, contentType } = await metrics.read();
  expect(contentType).toContain("text/plain");
  for (const line of [
    'insightgraph_jobs{state="done"} 1',
    'insightgraph_jobs{state="failed"} 0',
    "insightgraph_queue_paused 1",
    'insightgraph_nodes_total{cached="true"} 1',
    'insightgraph_runs_total{ending="finished"} 1',
    'insightgraph_run_seconds_bucket{le="0.25"} 0',
    'insightgraph_run_seconds_bucket{le="1"} 1',
    'insightgraph_http_request_seconds_count{method="GET",status="200"} 1',
    "insightgraph_connections 1",
    "insightgraph_documents 1",
    'insightgraph_workers{state="busy"} 1',
    'insightgraph_workers{state="silent"} 1',
    'insightgraph_tasks{state="waiting"} 2',
    'insightgraph_task_items{outcome="dead"} 1',
    'insightgraph_cluster_runs{state="stuck"} 1',
  ]) {
    expect(text).toContain(`${line}\n`);
  }
  expect(text).toContain("process_cpu_seconds_total");
});

test("without its database, all that is not about workers is still told", async () => {
  const store = await openSqliteJobStore(":memory:");
  const jobs = await openJobQueue({ store, folder: "f", host: createFakeHost(), log: () => {} });
  const cluster = () => Promise.reject(new Error("no database"));
  const metrics = createMetrics({ jobs, documents: await openDocumentsForTest(), cluster });
  const { text } = await metrics.read();
  expect(text).toContain("insightgraph_queue_paused 0\n");
  expect(text).not.toMatch(/^insightgraph_workers\{/m);
});
