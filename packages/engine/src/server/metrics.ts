import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { DocumentStore } from "../documents/document-store.ts";
import type { JobQueue } from "../jobs/job-queue.ts";
import type { Cluster } from "../tasks/cluster.ts";
import { countCluster } from "./cluster-metrics.ts";

/** How a request was answered. */
export interface AnsweredRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly status: number;
  readonly ms: number;
}

/** What a server counts for Prometheus. */
export interface Metrics {
  answered(request: AnsweredRequest): void;
  /** A page connected (1) or left (-1). */
  connected(change: 1 | -1): void;
  /** In Prometheus' text format. */
  read(): Promise<{ readonly text: string; readonly contentType: string }>;
}

/** Upper bounds of durations in seconds: a cached run takes milliseconds, a training run hours. */
const seconds = [0.01, 0.05, 0.25, 1, 5, 30, 120, 600, 3600];

function countJobs(
  jobs: Pick<JobQueue, "counts" | "isPaused" | "subscribeToOwn">,
  registry: Registry,
): void {
  new Gauge({
    name: "insightgraph_jobs",
    help: "Jobs by state.",
    labelNames: ["state"],
    registers: [registry],
    async collect() {
      for (const [state, count] of Object.entries(await jobs.counts())) this.set({ state }, count);
    },
  });
  new Gauge({
    name: "insightgraph_queue_paused",
    help: "1 while the queue is paused.",
    registers: [registry],
    collect() {
      this.set(Number(jobs.isPaused()));
    },
  });
  const nodes = new Counter({
    name: "insightgraph_nodes_total",
    help: "Nodes that finished, computed or taken from the cache.",
    labelNames: ["cached"],
    registers: [registry],
  });
  const runs = new Counter({
    name: "insightgraph_runs_total",
    help: "Runs that ended, by how they ended.",
    labelNames: ["ending"],
    registers: [registry],
  });
  const runSeconds = new Histogram({
    name: "insightgraph_run_seconds",
    help: "Time of runs that finished.",
    buckets: seconds,
    registers: [registry],
  });
  jobs.subscribeToOwn((report) => {
    if (report.type === "node-finished") nodes.inc({ cached: String(report.cached) });
    else if (report.type === "run-failed" || report.type === "run-cancelled") {
      runs.inc({ ending: report.type.slice("run-".length) });
    } else if (report.type === "run-finished") {
      runs.inc({ ending: "finished" });
      runSeconds.observe(report.ms / 1000);
    }
  });
}

/** Counts what happens in a server, with the process's own memory, CPU time and event loop lag. */
export function createMetrics({
  jobs,
  documents,
  cluster,
}: {
  readonly jobs: JobQueue;
  readonly cluster?: () => Promise<Cluster>;
  readonly documents: Pick<DocumentStore, "list">;
}): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  countJobs(jobs, registry);
  if (cluster !== undefined) countCluster(cluster, registry);
  const requests = new Histogram({
    name: "insightgraph_http_request_seconds",
    help: "HTTP requests, by method and status.",
    labelNames: ["method", "status"],
    buckets: seconds,
    registers: [registry],
  });
  const connections = new Gauge({
    name: "insightgraph_connections",
    help: "Pages that are connected.",
    registers: [registry],
  });
  new Gauge({
    name: "insightgraph_documents",
    help: "Open documents.",
    registers: [registry],
    collect() {
      this.set(documents.list().length);
    },
  });
  return {
    answered: ({ method, status, ms }) => requests.observe({ method, status }, ms / 1000),
    connected: (change) => connections.inc(change),
    read: async () => ({ text: await registry.metrics(), contentType: registry.contentType }),
  };
}
