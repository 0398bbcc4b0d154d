import { entryOf, formerTypes, type NodeCatalogue } from "./catalogue.ts";
import { catalogueFor, definitionName, definitionType, sortDefinitions } from "./definitions.ts";
import type { GraphBody, GraphDocument } from "./document.ts";
import type { Issue } from "./issue.ts";
import type { GraphTyping } from "./resolve-types.ts";
import { validateBody } from "./validate-body.ts";
import { nodesOf } from "./wiring.ts";

function recursionIssues(graph: GraphDocument): Issue[] {
  return sortDefinitions(graph).cycles.map(([first = "", ...others]) => ({
    code: "graph.recursion",
    what: `these graphs stand for each other: ${[first, ...others, first].slice(0, 12).join(" -> ")}`,
    nodeId: definitionType(first),
    hint: "a graph cannot contain itself; take one of these nodes out.",
  }));
}

/** Most nodes that a graph may have once its definitions are unfolded. */
const MAX_NODES = 200_000;
/** Most definitions that may lie inside each other. */
const MAX_DEPTH = 64;

interface Extent {
  readonly size: number;
  readonly depth: number;
}

/** Definitions that hold each other many times grow beyond all bounds when they are unfolded. */
function sizeIssues(graph: GraphDocument): Issue[] {
  const extents = new Map<string, Extent>();
  const extentOf = (graph: GraphBody): Extent => {
    let [size, depth] = [0, 0];
    for (const { node } of nodesOf(graph)) {
      const inner = extents.get(definitionName(node.type) ?? "") ?? { size: 1, depth: -1 };
      size += inner.size;
      depth = Math.max(depth, inner.depth + 1);
    }
    return { size, depth };
  };
  for (const name of sortDefinitions(graph).order) {
    const definition = entryOf(graph.graphs, name);
    if (definition !== undefined) extents.set(name, extentOf(definition));
  }
  const { size, depth } = extentOf(graph);
  const issues: Issue[] = [];
  if (size > MAX_NODES) {
    const what = `with its definitions unfolded, the graph has ${size} nodes`;
    const hint = `keep it under ${MAX_NODES}; use a list or a stream instead of copies.`;
    issues.push({ code: "graph.too-large", what, hint });
  }
  if (depth > MAX_DEPTH) {
    const what = `${depth} definitions lie inside each other`;
    issues.push({ code: "graph.too-deep", what, hint: `nest at most ${MAX_DEPTH}.` });
  }
  return issues;
}

/**
 * Everything that is wrong with a graph at once; an empty list means that it can run.
 * What is wrong inside a definition has the place `graph:NAME/node`.
 */
export function validateGraph(graph: GraphDocument, catalogue: NodeCatalogue): Issue[] {
  return checkGraph(graph, catalogue).issues;
}

/** What is found out on the way to a graph's issues. */
export interface CheckedGraph {
  readonly issues: Issue[];
  /** With the node types that the document's own definitions make. */
  readonly catalogue: NodeCatalogue;
  /** Types of the document's own nodes. */
  readonly typing: GraphTyping;
}

/** `validateGraph`, with what planning a run needs besides. */
export function checkGraph(graph: GraphDocument, catalogue: NodeCatalogue): CheckedGraph {
  const definitions = Object.keys(graph.graphs ?? {});
  const known = catalogueFor(graph, catalogue);
  const types = Object.keys(known);
  const check = { catalogue: known, definitions, types, formerTypes: formerTypes(catalogue) };
  const inner = definitions.flatMap((name) => {
    const body = entryOf(graph.graphs, name);
    const type = definitionType(name);
    return body === undefined ? [] : validateBody(body, { ...check, type }).issues;
  });
  const { issues: own, typing } = validateBody(graph, check);
  const issues = [...own, ...inner, ...recursionIssues(graph), ...sizeIssues(graph)];
  return { issues, catalogue: known, typing };
}
