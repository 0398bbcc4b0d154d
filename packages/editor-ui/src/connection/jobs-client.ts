import type { JobMarks, JobSummary, RunSnapshot } from "@insightgraph/engine/protocol";
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
  const { requestId, graph, documentId, state, events } = job;
  return { runId: id, requestId, graph, documentId, state, events } as unknown as RunSnapshot;
}

/** Where a file that a job saved is shown; `number` is its place in the job's `files`. */
export function outputUrl(id: string, number: number): string {
  return `/api/jobs/${id}/outputs/${number}`;
}

/** Ids of the jobs that wait, the next one first. Throws: `ServerError`. */
export async function listQueue(): Promise<readonly string[]> {
  const query = { state: ["queued" as const], order: "queue" as const, limit: 1000 };
  const { jobs } = await callServer(api.GET("/api/jobs", { params: { query } }));
  return jobs.map(({ id }) => id);
}

/** Whether queued jobs wait until they are let go on. Throws: `ServerError`. */
export async function isQueuePaused(): Promise<boolean> {
  return (await callServer(api.GET("/api/queue"))).isPaused;
}

/** Lets queued jobs wait, or start again; what runs goes on. Throws: `ServerError`. */
export async function pauseQueue(isPaused: boolean): Promise<void> {
  await callServer(isPaused ? api.POST("/api/queue/pause") : api.POST("/api/queue/resume"));
}

/** Moves a queued job right before another one, or to the end. Throws: `ServerError`. */
export async function moveJob(id: string, before: string | undefined): Promise<void> {
  const body = before === undefined ? {} : { before };
  await callServer(api.POST("/api/jobs/{id}/move", { ...at(id), body }));
}

/** Names or keeps a job. Throws: `ServerError`. */
export async function markJob(id: string, { tags, ...marks }: JobMarks): Promise<void> {
  const body = tags === undefined ? marks : { ...marks, tags: [...tags] };
  await callServer(api.PATCH("/api/jobs/{id}", { ...at(id), body }));
}

/** Queues the graph of a job that is over once more. Throws: `ServerError`. */
export async function retryJob(id: string): Promise<void> {
  await callServer(api.POST("/api/jobs/{id}/retry", at(id)));
}

/** Ends a job that is queued or running. Throws: `ServerError`. */
export async function cancelJob(id: string): Promise<void> {
  await callServer(api.POST("/api/jobs/{id}/cancel", at(id)));
}

/** Forgets a job that is over. Throws: `ServerError`. */
export async function deleteJob(id: string): Promise<void> {
  await callServer(api.DELETE("/api/jobs/{id}", at(id)));
}
