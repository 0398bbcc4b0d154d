import {
  entryOf,
  type GraphDocument,
  type GraphNode,
  type Issue,
} from "@insightgraph/engine/graph";
import type { Preview } from "@insightgraph/engine/node";
import { isUnderWay, type NodeState, type RunRecord, type Runs } from "./run-state.ts";

type Running = Extract<NodeState, { phase: "running" }>;
type Done = Extract<NodeState, { phase: "done" }>;

/** What a node's header says of it. */
export type NodeStatus =
  | { readonly kind: "idle" | "queued" | "bypassed" | "muted" }
  | { readonly kind: "running"; readonly run: Running }
  /** `isStale`: the node, or one before it, was changed since. */
  | { readonly kind: "done"; readonly run: Done; readonly isStale: boolean }
  | { readonly kind: "failed" | "faulty" | "unknown"; readonly issue: Issue };

/** Previews of a node's outputs, by output. */
export type Previews = Readonly<Record<string, Preview>>;

const noPreviews: Previews = {};

/** The node of the document that an event is about: `a` for `a/b`, a node inside the graph `a`. */
export function outerNode(nodeId: string): string {
  return nodeId.split("/", 1).join();
}

/** The run whose states nodes show; a rejected run says nothing of nodes, so it is passed over. */
export function latestRun(runs: Runs): RunRecord | undefined {
  return runs.findLast((run) => run.phase !== "rejected");
}

const urgency = { done: 0, running: 1, failed: 2 } as const;

/** States of a run's nodes; a node that stands for a graph has the most urgent state inside it. */
export function nodeStates(run: RunRecord | undefined): ReadonlyMap<string, NodeState> {
  const states = new Map<string, NodeState>();
  for (const [name, state] of Object.entries(run?.nodes ?? {})) {
    const id = outerNode(name);
    const other = states.get(id);
    const isLess = other !== undefined && urgency[state.phase] < urgency[other.phase];
    if (!isLess) states.set(id, state);
  }
  return states;
}

/** What a node last gave; the same object while nothing new came. */
export function previewsOf(runs: Runs, id: string, type: string): Previews {
  const isIts = (run: RunRecord) =>
    run.nodes[id]?.phase === "done" && entryOf(run.graph.nodes, id)?.type === type;
  const state = runs.findLast(isIts)?.nodes[id];
  return state?.phase === "done" ? state.previews : noPreviews;
}

/** What a node is making right now, or what it last showed while it ran. */
export function livePreviewOf(runs: Runs, id: string): Preview | undefined {
  return runs.map((run) => liveOf(run.nodes[id])).findLast((preview) => preview !== undefined);
}

function liveOf(state: NodeState | undefined): Preview | undefined {
  if (state?.phase === "running") return state.preview;
  return state?.phase === "done" ? state.live : undefined;
}

/**
 * What a run says of a node as it stands: an outdated result stays, as such; an outdated failure, and
 * results of another graph with the same ids, do not.
 */
export function ownState(
  run: RunRecord | undefined,
  state: NodeState | undefined,
  { type, isSame }: { readonly type: string; readonly isSame: boolean },
  id: string,
): NodeState | undefined {
  if (run === undefined || state === undefined || isSame) return state;
  const isOther = entryOf(run.graph.nodes, id)?.type !== type;
  return isOther || state.phase === "failed" ? undefined : state;
}

/** Why the server rejected nodes, until a node is changed or another run is requested. */
export function refusals(runs: Runs, graph: GraphDocument): ReadonlyMap<string, Issue> {
  const found = new Map<string, Issue>();
  const run = runs.at(-1);
  if (run?.phase !== "rejected") return found;
  for (const issue of run.issues) {
    const { nodeId = "" } = issue;
    const isUnchanged = run.graph.nodes[nodeId] === graph.nodes[nodeId];
    if (isUnchanged && !found.has(nodeId)) found.set(nodeId, issue);
  }
  return found;
}

/** All that decides a node's status. */
export interface StatusSources {
  readonly id: string;
  readonly node: GraphNode;
  readonly run: RunRecord | undefined;
  readonly state: NodeState | undefined;
  /** Whether the node, or one before it, was changed since that run. */
  readonly isStale: boolean;
  readonly refusal: Issue | undefined;
  /** What validation says first of the node. */
  readonly fault: Issue | undefined;
}

/** The status of a node: what is most worth saying of it. */
export function statusOf({
  id,
  node,
  run,
  state,
  isStale,
  refusal,
  fault,
}: StatusSources): NodeStatus {
  if (fault?.code === "graph.unknown-type") return { kind: "unknown", issue: fault };
  if (node.muted === true) return { kind: "muted" };
  if (node.bypassed === true) return { kind: "bypassed" };
  if (refusal !== undefined) return { kind: "failed", issue: refusal };
  if (state?.phase === "running") return { kind: "running", run: state };
  if (state?.phase === "failed") return { kind: "failed", issue: state.error };
  if (fault !== undefined) return { kind: "faulty", issue: fault };
  if (state?.phase === "done") return { kind: "done", run: state, isStale };
  return run !== undefined && isQueued(run, id) ? { kind: "queued" } : { kind: "idle" };
}

/** Whether a run that is under way has not come to a node yet. */
function isQueued(run: RunRecord, id: string): boolean {
  const node = run.graph.nodes[id];
  return isUnderWay(run) && node !== undefined && node.bypassed !== true && node.muted !== true;
}
