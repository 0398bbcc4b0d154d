import type { GraphDocument, Issue } from "@insightgraph/engine/graph";
import type { Preview } from "@insightgraph/engine/node";
import type { RunSnapshot, ServerMessage } from "@insightgraph/engine/protocol";

/** What happened to one node in a run. */
export type NodeState =
  | { readonly phase: "running"; readonly progress?: Progress; readonly preview?: Preview }
  | {
      readonly phase: "done";
      readonly cached: boolean;
      readonly ms: number;
      readonly previews: Readonly<Record<string, Preview>>;
      /** Of the content of its outputs. */
      readonly digests: Readonly<Record<string, string>>;
      /** The last preview from while it ran. */
      readonly live?: Preview;
    }
  | { readonly phase: "failed"; readonly error: Issue };

/** Steps done, out of all. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** How far a run is; a lost one was under way when its server went away, and is no longer known there. */
export type RunPhase =
  | "queued"
  | "running"
  | "finished"
  | "failed"
  | "cancelled"
  | "rejected"
  | "lost";

/** A run of this page, or of another page of the same server. */
export interface RunRecord {
  readonly requestId: string;
  readonly runId?: string;
  readonly graph: GraphDocument;
  /** The document that it was requested from; absent where nobody named one. */
  readonly documentId?: string;
  readonly phase: RunPhase;
  readonly nodes: Readonly<Record<string, NodeState>>;
  /** The latest line that each node logged. */
  readonly logs: Readonly<Record<string, string>>;
  /** The files that it wrote, by the nodes that wrote them. */
  readonly saved: Readonly<Record<string, readonly string[]>>;
  readonly issues: readonly Issue[];
  readonly error?: Issue;
  /** What could not be kept of it, such as its manifest. */
  readonly warning?: Issue;
  readonly ms?: number;
  /** The number of the last event of it that came. */
  readonly seq?: number;
}

/** Runs in the order of their requests. */
export type Runs = readonly RunRecord[];

type RunRequest = Pick<RunRecord, "requestId" | "graph" | "documentId">;

/** Of one document, so that no other's runs push its own away. */
const maxRuns = 40;

function createRun({ requestId, graph, documentId }: RunRequest): RunRecord {
  const about = { requestId, graph, ...(documentId === undefined ? {} : { documentId }) };
  return { ...about, phase: "queued", nodes: {}, logs: {}, saved: {}, issues: [] };
}

const byDocument = new WeakMap<Runs, Map<string, Runs>>();
const noRuns: Runs = [];

/** The runs of a document; none before there is one. The same array for the same runs. */
export function runsOfDocument(runs: Runs, id: string | undefined): Runs {
  if (id === undefined) return noRuns;
  const known = byDocument.get(runs) ?? new Map<string, Runs>();
  byDocument.set(runs, known);
  const own = known.get(id) ?? runs.filter(({ documentId }) => documentId === id);
  known.set(id, own);
  return own;
}

/** The runs with one more that waits for its start; a request that is known already is not added. */
export function requestRun(runs: Runs, request: RunRequest): Runs {
  if (runs.some(({ requestId }) => requestId === request.requestId)) return runs;
  const own = runs.filter(({ documentId }) => documentId === request.documentId);
  const kept = own.length < maxRuns ? runs : runs.filter((run) => run !== own[0]);
  return [...kept, createRun(request)];
}

/** The runs after a message of the server; the same array when it says nothing about runs. */
export function reduceRuns(runs: Runs, message: ServerMessage): Runs {
  const next = reduceMessage(runs, message);
  if (!("seq" in message) || message.seq === undefined) return next;
  const { runId, seq } = message;
  return change(next, "runId", runId, (run) => ({ ...run, seq }));
}

/** The last event that came of each run, as the server's address takes it: a page that comes back is sent the rest. */
export function seenEvents(runs: Runs): readonly string[] {
  return runs.flatMap(({ runId, seq }) =>
    runId === undefined || seq === undefined ? [] : [`${runId}:${seq}`],
  );
}

function reduceMessage(runs: Runs, message: ServerMessage): Runs {
  switch (message.type) {
    case "run-queued":
    case "run-started":
      // Also sent for a run that is known: all its events follow once more.
      return change(runs, "requestId", message.requestId, (run) => ({
        ...createRun(run),
        runId: message.runId,
        phase: message.type === "run-queued" ? "queued" : "running",
      }));
    case "run-rejected":
      return change(runs, "requestId", message.requestId, (run) => ({
        ...run,
        phase: "rejected",
        issues: message.issues,
      }));
    case "node-started":
      return changeNode(runs, message, () => ({ phase: "running" }));
    case "node-progressed":
      return changeNode(runs, message, (before) => {
        const preview =
          message.preview ?? (before?.phase === "running" ? before.preview : undefined);
        const progress = { done: message.done, total: message.total };
        return { phase: "running", progress, ...(preview === undefined ? {} : { preview }) };
      });
    case "node-finished": {
      const { cached, ms, previews, digests } = message;
      return changeNode(runs, message, (before) => {
        const live = before?.phase === "running" ? before.preview : undefined;
        const done = { phase: "done", cached, ms, previews, digests } as const;
        return live === undefined ? done : { ...done, live };
      });
    }
    case "node-failed":
      return changeNode(runs, message, () => ({ phase: "failed", error: message.error }));
    case "node-logged":
      return change(runs, "runId", message.runId, (run) => ({
        ...run,
        logs: { ...run.logs, [message.nodeId]: message.text },
      }));
    case "node-saved":
      return change(runs, "runId", message.runId, (run) => ({
        ...run,
        saved: addSaved(run, message),
      }));
    case "run-finished": {
      const { ms, warning } = message;
      const told = warning === undefined ? {} : { warning };
      return end(runs, message.runId, { phase: "finished", ms, ...told });
    }
    case "run-failed":
      return end(runs, message.runId, { phase: "failed", error: message.error });
    case "run-cancelled":
      return end(runs, message.runId, { phase: "cancelled" });
    default:
      return runs;
  }
}

/** The runs before a server lists those it knows: the ones under way are lost unless it lists them. */
export function loseRuns(runs: Runs, listed: readonly RunSnapshot[] = []): Runs {
  const isLost = (run: RunRecord): boolean =>
    isUnderWay(run) && !listed.some(({ runId }) => runId === run.runId);
  if (!runs.some(isLost)) return runs;
  return runs.map((run) => (isLost(run) ? stopped(run, { phase: "lost" }) : run));
}

/** The runs with one that the server remembers, as if this page had followed it from its start. */
export function catchUp(runs: Runs, { events, state, after, ...identity }: RunSnapshot): Runs {
  const { runId } = identity;
  const requested = requestRun(runs, identity);
  const type = state === "queued" ? "run-queued" : "run-started";
  const goesOn =
    after !== undefined && runs.some((run) => run.runId === runId && run.seq === after);
  const begun = goesOn ? runs : reduceRuns(requested, { type, ...identity });
  const followed = events.reduce((known, event) => reduceRuns(known, { ...event, runId }), begun);
  return state === "interrupted" ? end(followed, runId, { phase: "lost" }) : followed;
}

/** Whether a run is queued or running. */
export function isUnderWay(run: RunRecord): boolean {
  return run.phase === "queued" || run.phase === "running";
}

/**
 * How much of a run is done, 0 to 1: each node counts by the time that it took in earlier runs.
 * @param earlier Runs whose times are known; without any, all nodes count the same.
 */
export function fractionDone(run: RunRecord, earlier: Runs = []): number {
  const times = timesOf(earlier);
  // A node never seen to run counts as much as the others do on average.
  const known = [...times.values()];
  const usual = known.length === 0 ? 1 : known.reduce((sum, ms) => sum + ms, 0) / known.length;
  let [done, total] = [0, 0];
  for (const [id, { bypassed, muted }] of Object.entries(run.graph.nodes)) {
    if (bypassed === true || muted === true) continue;
    const weight = times.get(id) ?? usual;
    const node = run.nodes[id];
    total += weight;
    done += node === undefined ? 0 : nodeFraction(node) * weight;
  }
  return total === 0 ? 0 : Math.min(1, done / total);
}

/** By node: how long it last took when it was not in the cache; at least a moment. */
function timesOf(runs: Runs): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const { nodes } of runs) {
    for (const [id, node] of Object.entries(nodes)) {
      if (node.phase === "done" && !node.cached) times.set(id, Math.max(1, node.ms));
    }
  }
  return times;
}

/** How much of a node is done, 0 to 1. */
export function nodeFraction(node: NodeState): number {
  if (node.phase !== "running") return 1;
  const { progress } = node;
  return progress === undefined || progress.total === 0 ? 0 : progress.done / progress.total;
}

type Ending = Pick<RunRecord, "phase" | "ms" | "error" | "warning">;

function end(runs: Runs, runId: string, ending: Ending): Runs {
  return change(runs, "runId", runId, (run) => stopped(run, ending));
}

/** Nodes that were running when a run ended did not finish. */
function stopped(run: RunRecord, ending: Ending): RunRecord {
  const nodes = Object.entries(run.nodes).filter(([, node]) => node.phase !== "running");
  return { ...run, ...ending, nodes: Object.fromEntries(nodes) };
}

function change(
  runs: Runs,
  key: "requestId" | "runId",
  id: string,
  update: (run: RunRecord) => RunRecord,
): Runs {
  const at = runs.findLastIndex((run) => run[key] === id);
  const run = runs[at];
  return run === undefined ? runs : runs.with(at, update(run));
}

function addSaved(
  { saved }: RunRecord,
  { nodeId, path }: { readonly nodeId: string; readonly path: string },
): RunRecord["saved"] {
  const paths = saved[nodeId] ?? [];
  return paths.includes(path) ? saved : { ...saved, [nodeId]: [...paths, path] };
}

function changeNode(
  runs: Runs,
  { runId, nodeId }: { readonly runId: string; readonly nodeId: string },
  update: (before: NodeState | undefined) => NodeState,
): Runs {
  return change(runs, "runId", runId, (run) => ({
    ...run,
    nodes: { ...run.nodes, [nodeId]: update(run.nodes[nodeId]) },
  }));
}
