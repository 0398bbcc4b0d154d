import type { GraphDocument, Issue } from "@insightgraph/engine/graph";
import type { Preview } from "@insightgraph/engine/node";
import type { ServerMessage } from "@insightgraph/engine/protocol";

/** What a run says of one node. */
export type NodeState =
  | { readonly phase: "running"; readonly progress?: Progress; readonly preview?: Preview }
  | {
      readonly phase: "done";
      readonly cached: boolean;
      readonly ms: number;
      readonly previews: Readonly<Record<string, Preview>>;
      /** The last picture it showed while it ran. */
      readonly live?: Preview;
    }
  | { readonly phase: "failed"; readonly error: Issue };

/** Steps done, out of all. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** A run is queued, then running, then has one of four ends; `rejected` means that it never started. */
export type RunPhase = "queued" | "running" | "finished" | "failed" | "cancelled" | "rejected";

/** One press of Run: what was requested and all that came of it. */
export interface RunRecord {
  readonly requestId: string;
  readonly runId?: string;
  readonly graph: GraphDocument;
  /** How the graph differed from the one that was opened. */
  readonly variant: string;
  readonly phase: RunPhase;
  readonly nodes: Readonly<Record<string, NodeState>>;
  readonly issues: readonly Issue[];
  readonly error?: Issue;
  readonly ms?: number;
}

/** Runs in the order of their requests. */
export type Runs = readonly RunRecord[];

const keptRuns = 40;

/** The runs with one more, queued; the oldest ones are dropped. */
export function requestRun(
  runs: Runs,
  { requestId, graph, variant }: Pick<RunRecord, "requestId" | "graph" | "variant">,
): Runs {
  const run: RunRecord = { requestId, graph, variant, phase: "queued", nodes: {}, issues: [] };
  return [...runs, run].slice(-keptRuns);
}

/** The runs after a message of the server; the same array when it says nothing about runs. */
export function reduceRuns(runs: Runs, message: ServerMessage): Runs {
  switch (message.type) {
    case "run-started":
      return change(runs, "requestId", message.requestId, (run) => ({
        ...run,
        runId: message.runId,
        phase: "running",
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
      const { cached, ms, previews } = message;
      return changeNode(runs, message, (before) => {
        const live = before?.phase === "running" ? before.preview : undefined;
        return { phase: "done", cached, ms, previews, ...(live === undefined ? {} : { live }) };
      });
    }
    case "node-failed":
      return changeNode(runs, message, () => ({ phase: "failed", error: message.error }));
    case "run-finished":
      return end(runs, message.runId, { phase: "finished", ms: message.ms });
    case "run-failed":
      return end(runs, message.runId, { phase: "failed", error: message.error });
    case "run-cancelled":
      return end(runs, message.runId, { phase: "cancelled" });
    default:
      return runs;
  }
}

/** The runs after the connection was lost: no more events of the runs under way will arrive. */
export function loseConnection(runs: Runs): Runs {
  if (!runs.some(isUnderWay)) return runs;
  return runs.map((run) => (isUnderWay(run) ? stopped(run, { phase: "cancelled" }) : run));
}

/** Whether a run has not ended. */
export function isUnderWay(run: RunRecord): boolean {
  return run.phase === "queued" || run.phase === "running";
}

/** How much of a run is done, 0 to 1, when all its nodes count the same. */
export function fractionDone(run: RunRecord): number {
  const total = Object.keys(run.graph.nodes).length;
  if (total === 0) return 0;
  const done = Object.values(run.nodes).reduce((sum, node) => sum + nodeFraction(node), 0);
  return Math.min(1, done / total);
}

/** How much of a node is done, 0 to 1. */
export function nodeFraction(node: NodeState): number {
  if (node.phase !== "running") return 1;
  const { progress } = node;
  return progress === undefined || progress.total === 0 ? 0 : progress.done / progress.total;
}

type Ending = Pick<RunRecord, "phase" | "ms" | "error">;

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
