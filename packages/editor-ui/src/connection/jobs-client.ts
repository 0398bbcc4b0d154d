import type { GraphDocument } from "@insightgraph/engine/graph";
import type { JobSummary, RunSnapshot, SequencedEvent } from "@insightgraph/engine/protocol";
import { callServer } from "./call-server.ts";

/** A job of the server with its graph and what is known of its course. */
interface Job extends JobSummary {
  readonly graph: GraphDocument;
  readonly events: readonly SequencedEvent[];
}

/** Jobs of the server, newest first. Throws: `ServerError`. */
export async function listJobs(limit: number): Promise<readonly JobSummary[]> {
  return (await callServer<{ jobs: JobSummary[] }>(`/api/jobs?limit=${limit}`)).jobs;
}

/** One job as a page follows it. Throws: `ServerError`. */
export async function readJob(id: string): Promise<RunSnapshot> {
  const { job } = await callServer<{ job: Job }>(`/api/jobs/${encodeURIComponent(id)}`);
  const { requestId, graph, state, events } = job;
  return { runId: id, requestId, graph, state, events };
}

/** Queues the graph of a job that is over once more. Throws: `ServerError`. */
export async function retryJob(id: string): Promise<void> {
  await callServer(`/api/jobs/${encodeURIComponent(id)}/retry`, { method: "POST" });
}

/** Forgets a job that is over. Throws: `ServerError`. */
export async function deleteJob(id: string): Promise<void> {
  await callServer(`/api/jobs/${encodeURIComponent(id)}`, { method: "DELETE" });
}
