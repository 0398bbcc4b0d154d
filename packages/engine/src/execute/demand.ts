import { entryOf, type NodeCatalogue } from "../graph/catalogue.ts";
import { definitionName, usedDefinitions } from "../graph/definitions.ts";
import {
  GRAPH_INPUTS,
  type GraphBody,
  type GraphDocument,
  type GraphNode,
  isPortInput,
  type Link,
} from "../graph/document.ts";
import type { Issue } from "../graph/issue.ts";
import { namesHint } from "../graph/nearest-name.ts";
import { nodesOf } from "../graph/nodes-of.ts";
import { resolveLink } from "../graph/resolve-link.ts";
import type { GraphTyping } from "../graph/resolve-types.ts";
import { checkGraph } from "../graph/validate-graph.ts";

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
  readonly needed: readonly string[];
  /** Names of the definitions that the needed nodes stand for, also within each other. */
  readonly definitions: ReadonlySet<string>;
  readonly typing: GraphTyping;
  readonly issues: readonly Issue[];
}

export function isOff({ bypassed, muted }: GraphNode): boolean {
  return bypassed === true || muted === true;
}

/** The links that a node's values really come from, by input name. */
export function liveInputs(
  graph: GraphBody,
  nodeId: string,
  catalogue: NodeCatalogue,
): [string, Link][] {
  const inputs = entryOf(graph.nodes, nodeId)?.inputs;
  const live: [string, Link][] = [];
  if (inputs === undefined) return live;
  for (const name of Object.keys(inputs)) {
    const link = inputs[name];
    const source = link && resolveLink(graph, catalogue, link);
    if (source !== undefined) live.push([name, source]);
  }
  return live;
}

/** Ids of the nodes that run when nothing else is asked for. */
function wantedByDefault(graph: GraphDocument, catalogue: NodeCatalogue): string[] {
  const marked = nodesOf(graph)
    .filter(([, node]) => entryOf(catalogue, node.type)?.isOutput && !isOff(node))
    .map(([id]) => id);
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

/** Everything the wanted nodes stand on, sources first; cycles are cut, validation reports them. */
function neededIds(graph: GraphBody, wanted: readonly string[], catalogue: NodeCatalogue) {
  const order: string[] = [];
  const entered = new Set<string>();
  // An id goes in to be entered, and again behind a mark to be left once all before it are.
  const leave = "$leave";
  const stack = wanted
    .map(outerId)
    .filter((id) => Object.hasOwn(graph.nodes, id))
    .reverse();
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    if (id === leave) {
      order.push(stack.pop() ?? "");
      continue;
    }
    if (entered.has(id) || id === GRAPH_INPUTS) continue;
    entered.add(id);
    stack.push(id, leave);
    for (const [, link] of liveInputs(graph, id, catalogue).reverse()) stack.push(link.node);
  }
  return order;
}

/** Input ports that the needed nodes take from, but that nobody gave a value. */
function inputIssues(
  graph: GraphDocument,
  needed: readonly string[],
  catalogue: NodeCatalogue,
  given: readonly string[],
): Issue[] {
  if (graph.inputs === undefined) return [];
  const used = needed.flatMap((id) => liveInputs(graph, id, catalogue).map(([, link]) => link));
  const names = new Set(used.filter(({ node }) => node === GRAPH_INPUTS).map((l) => l.output));
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
function definitionsIn(graph: GraphDocument, nodeIds: readonly string[]): Set<string> {
  if (graph.graphs === undefined) return new Set();
  const picked = nodeIds.flatMap((id) => {
    const node = entryOf(graph.nodes, id);
    return node === undefined ? [] : [[id, node] as const];
  });
  const rest = usedDefinitions({ nodes: Object.fromEntries(picked) });
  const found = new Set<string>();
  for (let name = rest.pop(); name !== undefined; name = rest.pop()) {
    const definition = entryOf(graph.graphs, name);
    if (definition === undefined || found.has(name)) continue;
    found.add(name);
    rest.push(...usedDefinitions(definition));
  }
  return found;
}

/** What a run needs, and everything that stands against it. */
export function demandOf(
  graph: GraphDocument,
  plainCatalogue: NodeCatalogue,
  { outputs, given = [] }: RunOrder,
): Demand {
  const { issues: all, catalogue, typing } = checkGraph(graph, plainCatalogue);
  const wanted = outputs ?? wantedByDefault(graph, catalogue);
  const needed = neededIds(graph, wanted, catalogue);
  const isNeeded = new Set(needed);
  const definitions = definitionsIn(graph, needed);
  const standsAgainst = ({ nodeId, code }: Issue): boolean => {
    if (nodeId === undefined || code === "graph.cycle" || isNeeded.has(nodeId)) return true;
    const name = definitionName(outerId(nodeId));
    return name !== undefined && definitions.has(name);
  };
  const issues = [
    ...wantedIssues(graph, wanted),
    ...all.filter(standsAgainst),
    ...inputIssues(graph, needed, catalogue, given),
  ];
  return { catalogue, wanted, needed, definitions, typing, issues };
}
