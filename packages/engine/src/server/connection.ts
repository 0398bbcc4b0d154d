import { EngineError, toWireError } from "../errors.ts";
import type { GraphDocument } from "../graph/document.ts";
import { parseGraph } from "../graph/parse-graph.ts";
import { validateGraph } from "../graph/validate-graph.ts";
import type { ExecutionHost, HostEvent, StartedRun } from "../process/execution-host.ts";
import type { ServerMessage } from "../protocol/messages.ts";
import { type ClientRequest, parseClientMessage } from "../protocol/parse-client-message.ts";

export interface ConnectionOptions {
  readonly host: ExecutionHost;
  readonly graph: GraphDocument;
  readonly graphName: string;
  readonly version: string;
  readonly log: (text: string) => void;
}

/** One editor that is connected; knows no socket. */
export interface Connection {
  receive(text: string): Promise<void>;
  /** Ends the runs that this editor began. */
  close(): void;
}

/** Greets an editor and answers its messages through `send`. */
export async function openConnection(
  { host, graph, graphName, version, log }: ConnectionOptions,
  send: (message: ServerMessage) => void,
): Promise<Connection> {
  const runs = new Map<string, StartedRun>();
  let isClosed = false;

  const tell = (event: HostEvent): void => {
    if (event.type === "node-logged") log(`${event.nodeId}: ${event.text}`);
    else send(event);
  };
  const run = async (request: Extract<ClientRequest, { type: "run" }>): Promise<void> => {
    const { requestId, outputs } = request;
    let parsed: GraphDocument;
    try {
      parsed = parseGraph(request.graph);
    } catch (thrown) {
      send({ type: "run-rejected", requestId, issues: [toWireError(thrown)] });
      return;
    }
    const order = { graph: parsed, ...(outputs === undefined ? {} : { outputs }) };
    const started = await host.run(order, tell);
    if (started.issues !== undefined) {
      send({ type: "run-rejected", requestId, issues: started.issues });
      return;
    }
    runs.set(started.runId, started);
    send({ type: "run-started", requestId, runId: started.runId });
    if (isClosed) started.cancel();
    await started.ended;
    runs.delete(started.runId);
  };
  const validate = async (request: Extract<ClientRequest, { type: "validate" }>): Promise<void> => {
    const { requestId } = request;
    const { catalogue } = await host.facts();
    try {
      const issues = validateGraph(parseGraph(request.graph), catalogue);
      send({ type: "issues", requestId, issues });
    } catch (thrown) {
      if (!(thrown instanceof EngineError)) throw thrown;
      send({ type: "issues", requestId, issues: [toWireError(thrown)] });
    }
  };
  const migrate = async (request: Extract<ClientRequest, { type: "migrate" }>): Promise<void> => {
    const migrated = await host.migrate(parseGraph(request.graph));
    send({ type: "migrated", requestId: request.requestId, graph: migrated });
  };
  const answer = async (request: ClientRequest): Promise<void> => {
    if (request.type === "run") await run(request);
    else if (request.type === "validate") await validate(request);
    else if (request.type === "migrate") await migrate(request);
    else runs.get(request.runId)?.cancel();
  };
  const guarded = async (task: () => Promise<void>): Promise<void> => {
    try {
      await task();
    } catch (thrown) {
      send({ type: "server-failed", error: toWireError(thrown) });
    }
  };

  await guarded(async () => {
    const { catalogue, portTypes, device } = await host.facts();
    const current = await host.migrate(graph);
    const served = { catalogue, portTypes, graph: current };
    send({ type: "welcome", ...served, graphName, device, version });
  });
  return {
    receive: (text) => guarded(() => answer(parseClientMessage(text))),
    close() {
      isClosed = true;
      for (const { cancel } of runs.values()) cancel();
    },
  };
}
