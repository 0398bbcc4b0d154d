import type { JobSummary, RunSnapshot } from "@insightgraph/engine/protocol";
import { api, callServer } from "./call-server.ts";

const at = (id: string) => ({ params: { path: { id } } });

/** Jobs of the server, newest first. Throws: `ServerError`. */
export async function listJobs(limit: number): Promise<readonly JobSummary[]> {
  const { jobs } = await callServer(api.GET("/api/jobs", { params: { query: { limit } } }));
  return jobs as JobSummary[];
}

/** One job as a page follows it. Throws: `ServerError`. */
export async function readJob(id: string): Promise<RunSnapshot> {
  const { job } = await callServer(api.GET("/api/jobs/{id}", at(id)));
  const { requestId, graph, state, events } = job;
  return { runId: id, requestId, graph, state, events } as unknown as RunSnapshot;
}

/** Queues the graph of a job that is over once more. Throws: `ServerError`. */
export async function retryJob(id: string): Promise<void> {
  await callServer(api.POST("/api/jobs/{id}/retry", at(id)));
}

/** Forgets a job that is over. Throws: `ServerError`. */
export async function deleteJob(id: string): Promise<void> {
  await callServer(api.DELETE("/api/jobs/{id}", at(id)));
}
