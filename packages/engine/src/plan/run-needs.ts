import { entryOf, type NodeCatalogue } from "../graph/catalogue.ts";
import {
  type GraphBody,
  type GraphDocument,
  type GraphNode,
  graphInputs,
  isPortInput,
} from "../graph/document.ts";
import type { Issue } from "../graph/issue.ts";
import { namesHint } from "../graph/nearest-name.ts";
import { isOff, resolveLink } from "../graph/resolve-link.ts";
import type { GraphTyping } from "../graph/resolve-types.ts";
import { subgraphName, usedSubgraphs } from "../graph/subgraphs.ts";
import { checkGraph } from "../graph/validate-graph.ts";
import { liveWire, nodeById, nodesOf, type WiredNode } from "../graph/wiring.ts";

/** What a caller wants from a run. */
export interface RunRequest {
  /** Ids of the nodes to run. @default output nodes and graph outputs */
  readonly outputs?: readonly string[];
  /** Names of the graph's input ports that the caller gives a value. */
  readonly boundInputs?: readonly string[];
}

/** Which part of a graph a run needs, and what is wrong with that part. */
export interface RunNeeds {
  /** The catalogue with the document's own subgraphs. */
  readonly catalogue: NodeCatalogue;
  /** Ids of the nodes to run. */
  readonly targets: readonly string[];
  /** Nodes of the document itself, sources first. */
  readonly needed: readonly WiredNode[];
  /** Names of the subgraphs that the needed nodes use, nested ones included. */
  readonly subgraphs: ReadonlySet<string>;
  readonly typing: GraphTyping;
  readonly issues: readonly Issue[];
}

/** Ids of the nodes that run when the caller names none. */
function defaultTargets(graph: GraphDocument, catalogue: NodeCatalogue): string[] {
  const marked = nodesOf(graph)
    .filter(({ node }) => entryOf(catalogue, node.type)?.isOutput && !isOff(node))
    .map(({ id }) => id);
  const named = Object.values(graph.outputs ?? {})
    .map((link) => resolveLink(graph, catalogue, link)?.node)
    .filter((id) => id !== undefined && id !== graphInputs);
  return [...new Set([...marked, ...named].filter((id) => id !== undefined))];
}

/** The document's own node in an id such as `sharpen` or `sharpen/blur`. */
export function outerId(id: string): string {
  return id.split("/", 1).join();
}

function hasNode(document: GraphDocument, id: string): boolean {
  let graph: GraphBody | undefined = document;
  for (const part of id.split("/")) {
    const node: GraphNode | undefined = entryOf(graph?.nodes, part);
    if (node === undefined) return false;
    const name = subgraphName(node.type);
    graph = name === undefined ? undefined : entryOf(document.graphs, name);
  }
  return true;
}

function targetIssues(graph: GraphDocument, targets: readonly string[]): Issue[] {
  if (targets.length === 0) {
    return [
      {
        code: "graph.nothing-wanted",
        what: "no node of this graph is an output",
        hint: 'Add one, such as "image.save", or name an output of the graph.',
      },
    ];
  }
  return targets
    .filter((nodeId) => !hasNode(graph, nodeId))
    .map((nodeId) => ({
      code: "graph.unknown-node",
      what: `the graph has no node "${nodeId}"`,
      nodeId,
      hint: namesHint(nodeId, Object.keys(graph.nodes)),
    }));
}

const entered = 1;
const left = 2;

/** The targets and everything upstream of them, sources first; cycles are cut, validation reports them. */
function neededNodes(
  graph: GraphBody,
  targets: readonly string[],
  catalogue: NodeCatalogue,
): readonly WiredNode[] {
  const order: WiredNode[] = [];
  const states = new Uint8Array(nodesOf(graph).length);
  const stack = targets.flatMap((id) => nodeById(graph, outerId(id)) ?? []).reverse();
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const state = states[top.at];
    if (state === 0) {
      states[top.at] = entered;
      for (const wire of top.wires.toReversed()) {
        const from = liveWire(graph, catalogue, wire)?.from;
        if (from !== undefined && states[from.at] === 0) stack.push(from);
      }
      continue;
    }
    if (state === entered) order.push(top);
    states[top.at] = left;
    stack.pop();
  }
  return order;
}

/** Input ports that the needed nodes read but the caller gave no value. */
function inputIssues(
  graph: GraphDocument,
  needed: readonly WiredNode[],
  catalogue: NodeCatalogue,
  boundInputs: readonly string[],
): Issue[] {
  if (graph.inputs === undefined) return [];
  const names = new Set<string>();
  for (const wire of needed.flatMap(({ wires }) => wires)) {
    const link = liveWire(graph, catalogue, wire)?.link;
    if (link?.node === graphInputs) names.add(link.output);
  }
  return [...names].flatMap((name) => {
    const input = entryOf(graph.inputs, name);
    if (input === undefined || !isPortInput(input)) return [];
    if (input.optional || boundInputs.includes(name)) return [];
    const what = `the graph's input "${name}" has no value`;
    const hint = "Use the graph inside another one, or pass the value when calling it.";
    return [{ code: "graph.missing-input" as const, what, path: `inputs.${name}`, hint }];
  });
}

/** Names of the subgraphs that some nodes use, nested ones included. */
function subgraphsIn(graph: GraphDocument, nodes: readonly WiredNode[]): Set<string> {
  if (graph.graphs === undefined) return new Set();
  const rest = usedSubgraphs(nodes);
  const found = new Set<string>();
  for (let name = rest.pop(); name !== undefined; name = rest.pop()) {
    const subgraph = entryOf(graph.graphs, name);
    if (subgraph === undefined || found.has(name)) continue;
    found.add(name);
    rest.push(...usedSubgraphs(nodesOf(subgraph)));
  }
  return found;
}

/** Issues of what a run needs, and of the document as a whole. */
function relevantIssues(
  all: readonly Issue[],
  needed: readonly WiredNode[],
  subgraphs: ReadonlySet<string>,
): Issue[] {
  const neededIds = new Set(needed.map(({ id }) => id));
  return all.filter(({ nodeId, code }) => {
    if (nodeId === undefined || code === "graph.cycle" || neededIds.has(nodeId)) return true;
    const name = subgraphName(outerId(nodeId));
    return name !== undefined && subgraphs.has(name);
  });
}

/** Finds what a run needs and everything that blocks it. */
export function findNeeds(
  graph: GraphDocument,
  plainCatalogue: NodeCatalogue,
  { outputs, boundInputs = [] }: RunRequest,
): RunNeeds {
  const { issues: all, catalogue, typing } = checkGraph(graph, plainCatalogue);
  const targets = outputs ?? defaultTargets(graph, catalogue);
  const needed = neededNodes(graph, targets, catalogue);
  const subgraphs = subgraphsIn(graph, needed);
  const issues = [
    ...targetIssues(graph, targets),
    ...(all.length === 0 ? [] : relevantIssues(all, needed, subgraphs)),
    ...inputIssues(graph, needed, catalogue, boundInputs),
  ];
  return { catalogue, targets, needed, subgraphs, typing, issues };
}
