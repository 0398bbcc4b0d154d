import { entryOf, formerTypes, type NodeCatalogue } from "./catalogue.ts";
import type { GraphBody, GraphDocument } from "./document.ts";
import { createHintSearch } from "./hint-search.ts";
import type { Issue } from "./issue.ts";
import type { GraphTyping } from "./resolve-types.ts";
import { catalogueFor, sortSubgraphs, subgraphName, subgraphType } from "./subgraphs.ts";
import { type BodyCheck, validateBody } from "./validate-body.ts";
import { nodesOf } from "./wiring.ts";

function recursionIssues(graph: GraphDocument): Issue[] {
  return sortSubgraphs(graph).cycles.map(([first = "", ...others]) => ({
    code: "graph.recursion",
    what: `these subgraphs use each other: ${[first, ...others, first].slice(0, 12).join(" -> ")}`,
    nodeId: subgraphType(first),
    hint: "A subgraph cannot contain itself. Remove one of these nodes.",
  }));
}

/** Subgraphs whose file nobody has read. */
function fileIssues({ graphs = {} }: GraphDocument): Issue[] {
  return Object.entries(graphs).flatMap(([name, { file, nodes }]) => {
    if (file === undefined || Object.keys(nodes).length > 0) return [];
    const what = `"${file}" has not been read`;
    const hint = "Run or serve the graph from a file in the same folder.";
    return [{ code: "graph.file" as const, what, path: `graphs.${name}.file`, hint }];
  });
}

/** Most nodes that a graph may have with its subgraphs inlined. */
const maxNodes = 200_000;
/** Most levels of nested subgraphs. */
const maxDepth = 64;

interface Extent {
  readonly size: number;
  readonly depth: number;
}

/** Subgraphs that use each other many times grow exponentially when inlined. */
function sizeIssues(graph: GraphDocument): Issue[] {
  const extents = new Map<string, Extent>();
  const extentOf = (graph: GraphBody): Extent => {
    let [size, depth] = [0, 0];
    for (const { node } of nodesOf(graph)) {
      const inner = extents.get(subgraphName(node.type) ?? "") ?? { size: 1, depth: -1 };
      size += inner.size;
      depth = Math.max(depth, inner.depth + 1);
    }
    return { size, depth };
  };
  for (const name of sortSubgraphs(graph).order) {
    const subgraph = entryOf(graph.graphs, name);
    if (subgraph !== undefined) extents.set(name, extentOf(subgraph));
  }
  const { size, depth } = extentOf(graph);
  const issues: Issue[] = [];
  if (size > maxNodes) {
    const what = `with its subgraphs inlined, the graph has ${size} nodes`;
    const hint = `Keep it under ${maxNodes}. Use a list or a stream instead of copies.`;
    issues.push({ code: "graph.too-large", what, hint });
  }
  if (depth > maxDepth) {
    const what = `subgraphs are nested ${depth} levels deep`;
    issues.push({ code: "graph.too-deep", what, hint: `Nest at most ${maxDepth} levels.` });
  }
  return issues;
}

/**
 * Finds all issues of a graph; none means that it can run.
 * Issues inside a subgraph have the place `graph:NAME/node`.
 */
export function validateGraph(graph: GraphDocument, catalogue: NodeCatalogue): Issue[] {
  return checkGraph(graph, catalogue).issues;
}

/** The issues of a graph, with what validation learnt on the way. */
export interface CheckedGraph {
  readonly issues: Issue[];
  /** With the node types of the document's own subgraphs. */
  readonly catalogue: NodeCatalogue;
  /** Types of the document's own nodes. */
  readonly typing: GraphTyping;
}

/** Validates a graph and returns what planning a run needs as well. */
export function checkGraph(graph: GraphDocument, catalogue: NodeCatalogue): CheckedGraph {
  const subgraphs = Object.keys(graph.graphs ?? {});
  const known = catalogueFor(graph, catalogue);
  const types = Object.keys(known);
  const check: BodyCheck = {
    catalogue: known,
    subgraphs: new Set(subgraphs),
    hints: createHintSearch(),
    types,
    formerTypes: formerTypes(catalogue),
  };
  const inner = subgraphs.flatMap((name) => {
    const body = entryOf(graph.graphs, name);
    const type = subgraphType(name);
    return body === undefined ? [] : validateBody(body, { ...check, type }).issues;
  });
  const { issues: own, typing } = validateBody(graph, check);
  const issues = [
    ...fileIssues(graph),
    ...own,
    ...inner,
    ...recursionIssues(graph),
    ...sizeIssues(graph),
  ];
  return { issues, catalogue: known, typing };
}
