import { entryOf, type NodeCatalogue } from "../graph/catalogue.ts";
import { definitionName, usedDefinitions } from "../graph/definitions.ts";
import {
  GRAPH_INPUTS,
  type GraphBody,
  type GraphDocument,
  type GraphNode,
  isPortInput,
} from "../graph/document.ts";
import type { Issue } from "../graph/issue.ts";
import { namesHint } from "../graph/nearest-name.ts";
import { isOff, resolveLink } from "../graph/resolve-link.ts";
import type { GraphTyping } from "../graph/resolve-types.ts";
import { checkGraph } from "../graph/validate-graph.ts";
import { liveWire, nodeById, nodesOf, type WiredNode } from "../graph/wiring.ts";

/** What a run is asked for. */
export interface RunOrder {
  /** Ids of the wanted nodes. @default output nodes and graph outputs */
  readonly outputs?: readonly string[];
  /** Names of the graph's input ports that are given a value. */
  readonly given?: readonly string[];
}

export interface Demand {
  /** The catalogue with the document's own definitions. */
  readonly catalogue: NodeCatalogue;
  readonly wanted: readonly string[];
  /** Nodes of the document itself, sources first. */
  readonly needed: readonly WiredNode[];
  /** Names of the definitions that the needed nodes stand for, also within each other. */
  readonly definitions: ReadonlySet<string>;
  readonly typing: GraphTyping;
  readonly issues: readonly Issue[];
}

/** Ids of the nodes that run when nothing else is asked for. */
function wantedByDefault(graph: GraphDocument, catalogue: NodeCatalogue): string[] {
  const marked = nodesOf(graph)
    .filter(({ node }) => entryOf(catalogue, node.type)?.isOutput && !isOff(node))
    .map(({ id }) => id);
  const named = Object.values(graph.outputs ?? {})
    .map((link) => resolveLink(graph, catalogue, link)?.node)
    .filter((id) => id !== undefined && id !== GRAPH_INPUTS);
  return [...new Set([...marked, ...named].filter((id) => id !== undefined))];
}

/** The document's node that an id, such as `sharpen` or `sharpen/blur`, belongs to. */
export function outerId(id: string): string {
  return id.split("/", 1).join();
}

function hasNode(document: GraphDocument, id: string): boolean {
  let graph: GraphBody | undefined = document;
  for (const part of id.split("/")) {
    const node: GraphNode | undefined = entryOf(graph?.nodes, part);
    if (node === undefined) return false;
    const name = definitionName(node.type);
    graph = name === undefined ? undefined : entryOf(document.graphs, name);
  }
  return true;
}

function wantedIssues(graph: GraphDocument, wanted: readonly string[]): Issue[] {
  if (wanted.length === 0) {
    return [
      {
        code: "graph.nothing-wanted",
        what: "no node of this graph is an output",
        hint: 'add one, such as "image.save", or name an output of the graph.',
      },
    ];
  }
  return wanted
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

/** Everything the wanted nodes stand on, sources first; cycles are cut, validation reports them. */
function neededNodes(
  graph: GraphBody,
  wanted: readonly string[],
  catalogue: NodeCatalogue,
): readonly WiredNode[] {
  const order: WiredNode[] = [];
  const states = new Uint8Array(nodesOf(graph).length);
  const stack = wanted.flatMap((id) => nodeById(graph, outerId(id)) ?? []).reverse();
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

/** Input ports that the needed nodes take from, but that nobody gave a value. */
function inputIssues(
  graph: GraphDocument,
  needed: readonly WiredNode[],
  catalogue: NodeCatalogue,
  given: readonly string[],
): Issue[] {
  if (graph.inputs === undefined) return [];
  const names = new Set<string>();
  for (const wire of needed.flatMap(({ wires }) => wires)) {
    const link = liveWire(graph, catalogue, wire)?.link;
    if (link?.node === GRAPH_INPUTS) names.add(link.output);
  }
  return [...names].flatMap((name) => {
    const input = entryOf(graph.inputs, name);
    if (input === undefined || !isPortInput(input)) return [];
    if (input.optional || given.includes(name)) return [];
    const what = `the graph's input "${name}" has no value`;
    const hint = "use the graph inside another one, or give the value when calling it.";
    return [{ code: "graph.missing-input" as const, what, path: `inputs.${name}`, hint }];
  });
}

/** Names of the definitions that some nodes stand for, also within each other. */
function definitionsIn(graph: GraphDocument, nodes: readonly WiredNode[]): Set<string> {
  if (graph.graphs === undefined) return new Set();
  const rest = usedDefinitions(nodes);
  const found = new Set<string>();
  for (let name = rest.pop(); name !== undefined; name = rest.pop()) {
    const definition = entryOf(graph.graphs, name);
    if (definition === undefined || found.has(name)) continue;
    found.add(name);
    rest.push(...usedDefinitions(nodesOf(definition)));
  }
  return found;
}

/** Issues of what a run needs, and those of the document as a whole. */
function standingIssues(
  all: readonly Issue[],
  needed: readonly WiredNode[],
  definitions: ReadonlySet<string>,
): Issue[] {
  const neededIds = new Set(needed.map(({ id }) => id));
  return all.filter(({ nodeId, code }) => {
    if (nodeId === undefined || code === "graph.cycle" || neededIds.has(nodeId)) return true;
    const name = definitionName(outerId(nodeId));
    return name !== undefined && definitions.has(name);
  });
}

/** What a run needs, and everything that stands against it. */
export function demandOf(
  graph: GraphDocument,
  plainCatalogue: NodeCatalogue,
  { outputs, given = [] }: RunOrder,
): Demand {
  const { issues: all, catalogue, typing } = checkGraph(graph, plainCatalogue);
  const wanted = outputs ?? wantedByDefault(graph, catalogue);
  const needed = neededNodes(graph, wanted, catalogue);
  const definitions = definitionsIn(graph, needed);
  const issues = [
    ...wantedIssues(graph, wanted),
    ...(all.length === 0 ? [] : standingIssues(all, needed, definitions)),
    ...inputIssues(graph, needed, catalogue, given),
  ];
  return { catalogue, wanted, needed, definitions, typing, issues };
}
