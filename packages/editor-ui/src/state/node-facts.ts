import { entryOf, type GraphDocument, type Issue } from "@insightgraph/engine/graph";
import type { Preview } from "@insightgraph/engine/node";
import {
  latestRun,
  livePreviewOf,
  type NodeStatus,
  nodeStates,
  outerNode,
  ownState,
  type Previews,
  previewsOf,
  refusals,
  statusOf,
} from "../connection/node-status.ts";
import type { RunRecord, Runs } from "../connection/run-state.ts";
import { compareWork } from "../document/same-work.ts";

/** What the page shows of one node beside the document's own words. */
export interface NodeFacts {
  readonly status: NodeStatus;
  readonly previews: Previews;
  readonly live: Preview | undefined;
  /** The latest line that it logged in the latest run. */
  readonly log: string | undefined;
  /** What validation says of the node. */
  readonly issues: readonly Issue[];
  /** Outputs from which links leave. */
  readonly linkedOutputs: ReadonlySet<string>;
}

/** Facts by node id. */
export type NodeIndex = ReadonlyMap<string, NodeFacts>;

/** The part of the editor's state that facts are derived from. */
export interface FactSources {
  readonly graph: GraphDocument;
  readonly issues: readonly Issue[];
  readonly runs: Runs;
}

const noIssues: readonly Issue[] = [];
const noOutputs: ReadonlySet<string> = new Set();

/** Facts of all nodes. Those that stayed as they were in `known` keep their objects. */
export function indexNodes({ graph, issues, runs }: FactSources, known: NodeIndex): NodeIndex {
  const issuesByNode = groupIssues(issues);
  const outputsByNode = linkedOutputs(graph);
  const factsOf = createReader(graph, runs);
  const index = new Map<string, NodeFacts>();
  for (const id of Object.keys(graph.nodes)) {
    const facts = factsOf(id, {
      issues: issuesByNode.get(id) ?? noIssues,
      linkedOutputs: outputsByNode.get(id) ?? noOutputs,
    });
    const before = known.get(id);
    index.set(id, before !== undefined && isSame(before, facts) ? before : facts);
  }
  return index;
}

/**
 * The facts after a change from `before` to `after`. An event that concerns one node of a run, such
 * as progress, costs the facts of that node alone.
 */
export function updateNodes(known: NodeIndex, before: FactSources, after: FactSources): NodeIndex {
  const isSameGraph = before.graph === after.graph && before.issues === after.issues;
  if (isSameGraph && before.runs === after.runs) return known;
  const touched = isSameGraph ? touchedNodes(before.runs, after.runs) : undefined;
  if (touched === undefined) return indexNodes(after, known);
  const factsOf = createReader(after.graph, after.runs);
  const index = new Map(known);
  for (const id of touched) {
    const facts = known.get(id);
    if (facts !== undefined) index.set(id, factsOf(id, facts));
  }
  return index;
}

type GraphFacts = Pick<NodeFacts, "issues" | "linkedOutputs">;

function createReader(graph: GraphDocument, runs: Runs) {
  const run = latestRun(runs);
  const states = nodeStates(run);
  const refused = refusals(runs, graph);
  const isSameWork = run === undefined ? () => true : compareWork(graph, run.graph);
  return (id: string, { issues, linkedOutputs }: GraphFacts): NodeFacts => {
    const node = entryOf(graph.nodes, id);
    const [fault] = issues;
    const type = node?.type ?? "";
    const isSame = isSameWork(id);
    const state = ownState(run, states.get(id), { type, isSame }, id);
    const refusal = refused.get(id);
    const status: NodeStatus =
      node === undefined
        ? { kind: "idle" }
        : statusOf({ id, node, run, state, isStale: !isSame, refusal, fault });
    const shown = {
      previews: previewsOf(runs, id, type),
      live: livePreviewOf(runs, id),
      log: run?.logs[id],
    };
    return { status, ...shown, issues, linkedOutputs };
  };
}

/** The nodes whose states differ between two lists of runs; undefined when more than that differs. */
function touchedNodes(before: Runs, after: Runs): ReadonlySet<string> | undefined {
  const touched = new Set<string>();
  if (before.length !== after.length) return undefined;
  for (const [at, run] of after.entries()) {
    const other = before[at];
    if (run === other) continue;
    if (other === undefined || run.requestId !== other.requestId || run.phase !== other.phase) {
      return undefined;
    }
    for (const name of changedNames(other, run)) touched.add(outerNode(name));
  }
  return touched;
}

function changedNames(before: RunRecord, after: RunRecord): string[] {
  return [...changedKeys(before.nodes, after.nodes), ...changedKeys(before.logs, after.logs)];
}

function changedKeys(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): string[] {
  if (before === after) return [];
  const gone = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  return [...gone, ...Object.keys(after).filter((key) => before[key] !== after[key])];
}

function groupIssues(issues: readonly Issue[]): ReadonlyMap<string, readonly Issue[]> {
  const groups = new Map<string, Issue[]>();
  for (const issue of issues) {
    const { nodeId = "" } = issue;
    const group = groups.get(nodeId);
    if (group === undefined) groups.set(nodeId, [issue]);
    else group.push(issue);
  }
  return groups;
}

function linkedOutputs(graph: GraphDocument): ReadonlyMap<string, ReadonlySet<string>> {
  const outputs = new Map<string, Set<string>>();
  for (const { inputs = {} } of Object.values(graph.nodes)) {
    for (const { node, output } of Object.values(inputs)) {
      const linked = outputs.get(node) ?? new Set();
      outputs.set(node, linked.add(output));
    }
  }
  return outputs;
}

function isSame(one: NodeFacts, other: NodeFacts): boolean {
  return (
    isSameStatus(one.status, other.status) &&
    one.previews === other.previews &&
    one.live === other.live &&
    one.log === other.log &&
    one.issues.length === other.issues.length &&
    one.issues.every((issue, at) => isSameIssue(issue, other.issues[at])) &&
    one.linkedOutputs.size === other.linkedOutputs.size &&
    [...one.linkedOutputs].every((output) => other.linkedOutputs.has(output))
  );
}

function isSameStatus(one: NodeStatus, other: NodeStatus): boolean {
  if ("run" in one) {
    const isSameRun = "run" in other && one.kind === other.kind && one.run === other.run;
    return isSameRun && isStale(one) === isStale(other);
  }
  if ("issue" in one) {
    return "issue" in other && one.kind === other.kind && isSameIssue(one.issue, other.issue);
  }
  return one.kind === other.kind;
}

function isStale(status: NodeStatus): boolean {
  return status.kind === "done" && status.isStale;
}

function isSameIssue(one: Issue, other: Issue | undefined): boolean {
  return one.what === other?.what && one.hint === other.hint && one.path === other.path;
}
