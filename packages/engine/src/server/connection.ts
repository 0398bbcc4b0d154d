import { randomUUID } from "node:crypto";
import type { DocumentStore } from "../documents/document-store.ts";
import { toWireError } from "../errors.ts";
import type { GraphDocument } from "../graph/document.ts";
import { parseGraph } from "../graph/parse-graph.ts";
import type { ExecutionHost } from "../host/execution-host.ts";
import type { JobReport, JobSnapshot } from "../jobs/job.ts";
import type { JobQueue } from "../jobs/job-queue.ts";
import type { ClientRequest } from "../protocol/client-schemas.ts";
import type { ServerMessage } from "../protocol/messages.ts";
import { createDocumentRequests, isDocumentRequest } from "./document-requests.ts";
import { missedReports } from "./missed-reports.ts";
import { parseClientMessage } from "./parse-client-message.ts";

/** What every page is served. */
export interface ConnectionOptions {
  readonly host: ExecutionHost;
  readonly jobs: JobQueue;
  readonly documents: DocumentStore;
  /** Opens the document of the graph that the server was started with. @returns its id */
  readonly openServed: () => Promise<string>;
  readonly graph: GraphDocument;
  readonly graphName: string;
  /** The folder in which graphs are opened and saved. */
  readonly workspace: string;
  readonly version: string;
  /** Reads the graph files that a graph opened on the page refers to. @default refers to none */
  readonly resolve?: (graph: GraphDocument) => Promise<GraphDocument>;
}

/** The last event that a page saw of each run, by the run's id. */
export type SeenEvents = ReadonlyMap<string, number>;

/** One page that is connected; knows no socket. */
export interface Connection {
  receive(text: string): Promise<void>;
  /** Ends the reports; runs go on. */
  close(): void;
}

type RequestOf<Type extends ClientRequest["type"]> = Extract<ClientRequest, { type: Type }>;

/** A run without the events that a page has seen. */
function afterSeen(run: JobSnapshot, after: number | undefined): JobSnapshot {
  if (after === undefined) return run;
  return { ...run, after, events: run.events.filter(({ seq }) => seq > after) };
}

/** Welcomes a page, then answers its messages and reports all runs through `send`. */
export async function openConnection(
  {
    host,
    jobs,
    documents,
    openServed,
    graph,
    graphName,
    workspace,
    version,
    resolve = (given) => Promise.resolve(given),
  }: ConnectionOptions,
  send: (message: ServerMessage) => void,
  seen: SeenEvents = new Map(),
): Promise<Connection> {
  const client = `page ${randomUUID()}`;
  let unsubscribe = (): void => {};
  const documentRequests = createDocumentRequests(documents, send);

  const welcome = async (): Promise<void> => {
    const { catalogue, portTypes, device } = await host.facts();
    const current = await host.migrate(graph);
    const documentId = await openServed();
    const about = { catalogue, portTypes, graph: current, graphName, workspace, device, version };
    // Reports that come while the snapshots are taken wait, so that none is missed or doubled.
    const early: JobReport[] = [];
    let deliver = (report: JobReport): void => void early.push(report);
    unsubscribe = jobs.subscribe((report) => deliver(report));
    const runs = await jobs.snapshots();
    const unseen = runs.map((run) => afterSeen(run, seen.get(run.runId)));
    send({ type: "welcome", ...about, documentId, documents: documents.list(), runs: unseen });
    documentRequests.begin();
    for (const report of missedReports(early, runs)) send(report);
    deliver = send;
  };
  const run = async ({ graph: unread, ...request }: RequestOf<"run">): Promise<void> => {
    const { requestId } = request;
    let parsed: GraphDocument;
    try {
      parsed = parseGraph(unread);
    } catch (thrown) {
      send({ type: "run-rejected", requestId, issues: [toWireError(thrown)] });
      return;
    }
    const { type: _type, ...wanted } = request;
    const submitted = await jobs.submit({ ...wanted, client, graph: parsed });
    if ("issues" in submitted) {
      send({ type: "run-rejected", requestId, issues: submitted.issues });
    }
  };
  const migrate = async ({ requestId, graph: unread }: RequestOf<"migrate">): Promise<void> => {
    const parsed = parseGraph(unread);
    // A file that cannot be read is an issue of the graph, which validation tells.
    const whole = await resolve(parsed).catch(() => parsed);
    send({ type: "migrated", requestId, graph: await host.migrate(whole) });
  };
  const answer = async (text: string): Promise<void> => {
    const request = parseClientMessage(text);
    if (isDocumentRequest(request)) await documentRequests.answer(request);
    else if (request.type === "run") await run(request);
    else if (request.type === "migrate") await migrate(request);
    else await jobs.cancel(request.runId);
  };
  const guarded = async (task: Promise<void>): Promise<void> => {
    try {
      await task;
    } catch (thrown) {
      send({ type: "server-failed", error: toWireError(thrown) });
    }
  };

  await guarded(welcome());
  return {
    receive: (text) => guarded(answer(text)),
    close() {
      unsubscribe();
      documentRequests.close();
    },
  };
}
