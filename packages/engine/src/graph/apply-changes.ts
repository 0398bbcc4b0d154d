import { EngineError } from "../errors.ts";
import { entryOf, type NodeCatalogue, type NodeTypeSpec } from "./catalogue.ts";
import type { GraphBody, GraphDocument, GraphNode, Link, NodeChange } from "./document.ts";
import { mapValues } from "./map-values.ts";
import { namesHint } from "./nearest-name.ts";
import { catalogueFor, subgraphName, subgraphType } from "./subgraphs.ts";

type Links = Readonly<Record<string, Link>>;

function filterLinks(links: Links, keeps: (name: string, link: Link) => boolean): Links {
  return Object.fromEntries(Object.entries(links).filter(([name, link]) => keeps(name, link)));
}

/** The node under another type: with the links that the type has ports for, and with its own defaults. */
function retyped({ inputs = {}, ui }: GraphNode, spec: NodeTypeSpec): GraphNode {
  const isPort = (name: string): boolean =>
    entryOf(spec.inputs, name) !== undefined || entryOf(spec.params, name)?.accepts !== undefined;
  return {
    type: spec.type,
    version: spec.version,
    inputs: filterLinks(inputs, isPort),
    ...(ui !== undefined && { ui }),
  };
}

/** The body without links from outputs that a node no longer has into inputs that may stay empty. */
function unlinked<Body extends GraphBody>(
  body: Body,
  catalogue: NodeCatalogue,
  from: string,
  spec: NodeTypeSpec,
): Body {
  const isGone = ({ node, output }: Link): boolean =>
    node === from && entryOf(spec.outputs, output) === undefined;
  const nodes = mapValues(body.nodes, (node) => {
    if (!Object.values(node.inputs ?? {}).some(isGone)) return node;
    const ports = entryOf(catalogue, node.type)?.inputs;
    const mayStayEmpty = (name: string): boolean => entryOf(ports, name)?.optional === true;
    const inputs = filterLinks(node.inputs ?? {}, (name, link) => {
      return !isGone(link) || !mayStayEmpty(name);
    });
    return { ...node, inputs };
  });
  return { ...body, nodes };
}

function changeBody<Body extends GraphBody>(
  body: Body,
  catalogue: NodeCatalogue,
  { node: place, type, params, bypassed, muted }: NodeChange,
  id: string,
): Body {
  const node = entryOf(body.nodes, id);
  if (node === undefined) {
    throw new EngineError("graph.unknown-node", `the graph has no node "${place}"`, {
      at: { nodeId: place },
      hint: namesHint(id, Object.keys(body.nodes)),
    });
  }
  const spec = type === undefined ? undefined : entryOf(catalogue, type);
  if (type !== undefined && spec === undefined) {
    throw new EngineError("graph.unknown-type", `there is no node type "${type}"`, {
      at: { nodeId: place, path: "type" },
      hint: namesHint(type, Object.keys(catalogue)),
    });
  }
  const base = spec === undefined ? node : retyped(node, spec);
  const changed: GraphNode = {
    ...base,
    ...(params !== undefined && { params: { ...base.params, ...params } }),
    ...(bypassed !== undefined && { bypassed }),
    ...(muted !== undefined && { muted }),
  };
  const whole: Body = { ...body, nodes: { ...body.nodes, [id]: changed } };
  return spec === undefined ? whole : unlinked(whole, catalogue, id, spec);
}

/** The name of the subgraph in a place `graph:NAME/ID`, and the id; the place itself for a node of the document. */
function splitPlace(place: string): readonly [graph: string | undefined, id: string] {
  const at = place.lastIndexOf("/");
  const graph = at < 0 ? undefined : subgraphName(place.slice(0, at));
  return graph === undefined ? [undefined, place] : [graph, place.slice(at + 1)];
}

function applyChange(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  change: NodeChange,
): GraphDocument {
  const known = catalogueFor(graph, catalogue);
  const [name, id] = splitPlace(change.node);
  if (name === undefined) return changeBody(graph, known, change, id);
  const subgraph = entryOf(graph.graphs, name);
  if (subgraph === undefined) {
    const names = Object.keys(graph.graphs ?? {}).map(subgraphType);
    throw new EngineError("graph.unknown-node", `the graph has no subgraph "${name}"`, {
      at: { nodeId: change.node },
      hint: namesHint(subgraphType(name), names),
    });
  }
  // It is no longer what its file holds.
  const { file: _, ...body } = changeBody(subgraph, known, change, id);
  return { ...graph, graphs: { ...graph.graphs, [name]: body } };
}

/**
 * The graph with changes made one after the other. Whether the result is valid, `validateGraph` tells.
 * Throws: `graph.unknown-node`, `graph.unknown-type`.
 */
export function applyChanges(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  changes: readonly NodeChange[],
): GraphDocument {
  return changes.reduce((changed, change) => applyChange(changed, catalogue, change), graph);
}
