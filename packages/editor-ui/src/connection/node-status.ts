import type { GraphDocument, Issue } from "@insightgraph/engine/graph";
import type { Preview } from "@insightgraph/engine/node";
import { isUnderWay, type NodeState, type RunRecord, type Runs } from "./run-state.ts";

type Previews = Readonly<Record<string, Preview>>;

const noPreviews: Previews = {};

/** What the latest run says of a node; of one that stands for a graph, what it says of those inside. */
export function nodeStateOf(runs: Runs, id: string): NodeState | undefined {
  const nodes = latestRun(runs)?.nodes;
  if (nodes === undefined || nodes[id] !== undefined) return nodes?.[id];
  const inner = Object.keys(nodes).filter((name) => name.startsWith(`${id}/`));
  const states = inner.flatMap((name) => nodes[name] ?? []);
  const isAt = (phase: NodeState["phase"]) => states.find((state) => state.phase === phase);
  return isAt("failed") ?? isAt("running") ?? states.at(-1);
}

/** A run is under way and has not come to this node yet. */
export function isWaiting(runs: Runs, id: string): boolean {
  const run = latestRun(runs);
  if (run === undefined || !isUnderWay(run) || nodeStateOf(runs, id) !== undefined) return false;
  const node = run.graph.nodes[id];
  return node !== undefined && node.bypassed !== true && node.muted !== true;
}

/** What a node last gave, by output; the same object while nothing new came. */
export function previewsOf(runs: Runs, id: string): Previews {
  const state = runs.findLast((run) => run.nodes[id]?.phase === "done")?.nodes[id];
  return state?.phase === "done" ? state.previews : noPreviews;
}

/** What a node is making right now, or what it last showed while it ran. */
export function livePreviewOf(runs: Runs, id: string): Preview | undefined {
  const states = runs.map((run) => run.nodes[id]);
  return states.map(liveOf).findLast((preview) => preview !== undefined);
}

/** The latest line that a node logged in the latest run. */
export function logOf(runs: Runs, id: string): string | undefined {
  return latestRun(runs)?.logs[id];
}

function liveOf(state: NodeState | undefined): Preview | undefined {
  if (state?.phase === "running") return state.preview;
  return state?.phase === "done" ? state.live : undefined;
}

/** What the server refused a node for, until the node is changed or another run is asked for. */
export function refusalOf(runs: Runs, graph: GraphDocument, id: string): Issue | undefined {
  const run = runs.at(-1);
  if (run?.phase !== "rejected" || run.graph.nodes[id] !== graph.nodes[id]) return undefined;
  return run.issues.find((issue) => issue.nodeId === id);
}

/** Runs that were refused say nothing of nodes, so the one before still holds. */
function latestRun(runs: Runs): RunRecord | undefined {
  return runs.findLast((run) => run.phase !== "rejected");
}
