import { entryOf, type NodeCatalogue } from "./catalogue.ts";
import { catalogueFor, definitionName, definitionType, sortDefinitions } from "./definitions.ts";
import type { GraphBody, GraphDocument } from "./document.ts";
import type { Issue } from "./issue.ts";
import { validateBody } from "./validate-body.ts";

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

/** Definitions that hold each other many times grow beyond all bounds when they are unfolded. */
function sizeIssues(graph: GraphDocument): Issue[] {
  const sizes = new Map<string, number>();
  const sizeOf = ({ nodes }: GraphBody): number => {
    const all = Object.values(nodes).map(({ type }) => sizes.get(definitionName(type) ?? "") ?? 1);
    return all.reduce((sum, size) => sum + size, 0);
  };
  for (const name of sortDefinitions(graph).order) {
    const definition = entryOf(graph.graphs, name);
    if (definition !== undefined) sizes.set(name, sizeOf(definition));
  }
  const size = sizeOf(graph);
  if (size <= MAX_NODES) return [];
  const what = `with its definitions unfolded, the graph has ${size} nodes`;
  const hint = `keep it under ${MAX_NODES}; use a list or a stream instead of copies.`;
  return [{ code: "graph.too-large", what, hint }];
}

/**
 * Everything that is wrong with a graph at once; an empty list means that it can run.
 * What is wrong inside a definition has the place `graph:NAME/node`.
 */
export function validateGraph(graph: GraphDocument, catalogue: NodeCatalogue): Issue[] {
  const definitions = Object.keys(graph.graphs ?? {});
  const known = catalogueFor(graph, catalogue);
  const inner = definitions.flatMap((name) => {
    const body = entryOf(graph.graphs, name);
    const check = { catalogue: known, definitions, type: definitionType(name) };
    return body === undefined ? [] : validateBody(body, check);
  });
  return [
    ...validateBody(graph, { catalogue: known, definitions }),
    ...inner,
    ...recursionIssues(graph),
    ...sizeIssues(graph),
  ];
}
