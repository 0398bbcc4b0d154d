import { type GraphDocument, stringifyGraph } from "@insightgraph/engine/graph";
import type { Preview } from "@insightgraph/engine/node";
import type { SequencedEvent } from "@insightgraph/engine/protocol";
import { words } from "../messages/messages.ts";
import { api, callServer, ServerError } from "./call-server.ts";
import { issueSentences } from "./issue-words.ts";
import { cancelJob, deleteJob } from "./jobs-client.ts";

/** What became of each node: its previews, by output. */
export type NodePreviews = ReadonlyMap<string, Readonly<Record<string, Preview>>>;

/** Of no document, so that no page lists its runs. */
const besideDocuments = "beside-documents";

/** Seconds for which one request waits for news. */
const waitSeconds = 20;

/**
 * Runs a graph that belongs to no document, before all that waits, and forgets the run.
 * @param tell Hears whether the run still waits.
 * Throws: `ServerError`: why it cannot run, or failed; the signal's reason.
 */
export async function runBeside(
  graph: GraphDocument,
  signal: AbortSignal,
  tell: (isQueued: boolean) => void,
): Promise<NodePreviews> {
  const id = await submit(graph);
  const cancel = () => void cancelJob(id).catch(() => {});
  signal.addEventListener("abort", cancel);
  if (signal.aborted) cancel();
  try {
    return await follow(id, tell);
  } catch (thrown) {
    signal.throwIfAborted();
    throw thrown;
  } finally {
    signal.removeEventListener("abort", cancel);
    // What is left of it is a line of the history.
    deleteJob(id).catch(() => {});
  }
}

async function submit(graph: GraphDocument): Promise<string> {
  const body = {
    graph: JSON.parse(stringifyGraph(graph)),
    documentId: besideDocuments,
    priority: 1000,
  };
  const { job } = await callServer(api.POST("/api/jobs", { body }));
  return job.id;
}

async function follow(id: string, tell: (isQueued: boolean) => void): Promise<NodePreviews> {
  const previews = new Map<string, Readonly<Record<string, Preview>>>();
  for (let after = 0; ; ) {
    const { state, events } = await newEvents(id, after);
    for (const event of events) {
      after = event.seq;
      if (event.type === "node-finished") previews.set(event.nodeId, event.previews);
      if (event.type === "run-failed") throw new ServerError(issueSentences(event.error));
    }
    if (state === "done") return previews;
    if (state !== "queued" && state !== "running") throw new ServerError(words.runStopped);
    tell(state === "queued");
  }
}

/** What happened in a job since an event, once anything did. */
async function newEvents(id: string, after: number) {
  const params = { path: { id }, query: { after, wait: waitSeconds } };
  const { state, events } = await callServer(api.GET("/api/jobs/{id}/events", { params }));
  return { state, events: events as unknown as readonly SequencedEvent[] };
}
