import {
  entryOf,
  type GraphDocument,
  type GraphNode,
  type NodeCatalogue,
  type Subgraph,
  stringifyGraph,
  subgraphName,
  subgraphType,
} from "@insightgraph/engine/graph";
import type { Draft } from "immer";
import { type Box, boundsOf, placeOf } from "./boxes.ts";
import type { GraphDraft, GraphEdit, Point } from "./edits.ts";
import { nodeOf } from "./edits.ts";
import { shiftStops } from "./link-stops.ts";
import { createNodeId } from "./node-id.ts";
import { renameSavedFiles } from "./saved-files.ts";

/**
 * Some nodes as a graph of their own, with the subgraphs that they use. Links from other nodes stay,
 * so that the nodes can be pasted with them.
 */
export function clipNodes(graph: GraphDocument, ids: readonly string[]): GraphDocument {
  const nodes = Object.fromEntries(
    ids.flatMap((id) => {
      const node = nodeOf(graph, id);
      return node === undefined ? [] : [[id, node] as const];
    }),
  );
  const graphs = usedGraphs(Object.values(nodes), graph.graphs);
  const hasGraphs = Object.keys(graphs).length > 0;
  return { format: "insightgraph", version: 1, nodes, ...(hasGraphs ? { graphs } : {}) };
}

/** Some nodes as text for the clipboard. */
export function clipText(graph: GraphDocument, ids: readonly string[]): string {
  return stringifyGraph(clipNodes(graph, ids));
}

/** Subgraphs that nodes run, and those that these use. */
function usedGraphs(
  nodes: readonly GraphNode[],
  graphs: GraphDocument["graphs"],
): Record<string, Subgraph> {
  const found: Record<string, Subgraph> = {};
  const waiting = [...nodes];
  for (const { type } of waiting) {
    const name = subgraphName(type);
    const graph = name === undefined ? undefined : entryOf(graphs, name);
    if (name === undefined || graph === undefined || Object.hasOwn(found, name)) continue;
    found[name] = graph;
    waiting.push(...Object.values(graph.nodes));
  }
  return found;
}

/** How a clip comes into a graph. */
export interface PasteOptions {
  /** Where the top left corner of the pasted nodes goes; the nearest free place to it is taken. */
  readonly at: Point;
  /** Whether links from nodes outside the clip are kept, where the graph has those nodes. */
  readonly isLinked: boolean;
  readonly catalogue: NodeCatalogue;
}

/** An edit that pastes, and the ids that the pasted nodes get. */
export interface Paste {
  readonly edit: GraphEdit;
  readonly ids: readonly string[];
}

/** Puts the nodes of a clip into a graph, under ids that are free there. */
export function pasteClip(
  clip: GraphDocument,
  graph: GraphDocument,
  { at, isLinked, catalogue }: PasteOptions,
): Paste {
  const taken = new Set(Object.keys(graph.nodes));
  const ids = new Map<string, string>();
  for (const id of Object.keys(clip.nodes)) {
    const free = createNodeId(id, taken);
    taken.add(free);
    ids.set(id, free);
  }
  const names = freeGraphNames(clip.graphs, graph.graphs);
  const corner = boundsOf(Object.keys(clip.nodes).map((id) => pointBox(placeOf(clip, id))));
  const target = freePlace(graph, at);
  const by = { x: target.x - (corner?.x ?? 0), y: target.y - (corner?.y ?? 0) };
  const edit = (draft: GraphDraft) => {
    addGraphs(draft, clip.graphs, names);
    for (const [id, node] of Object.entries(clip.nodes)) {
      const twin = renamed(node, names) as Draft<GraphNode>;
      linkTwin(twin, ids, isLinked ? draft : undefined);
      const { x, y } = placeOf(clip, id);
      shiftStops(twin, Object.keys(twin.inputs ?? {}), by);
      twin.ui = { ...twin.ui, x: Math.round(x + by.x), y: Math.round(y + by.y) };
      renameSavedFiles(twin, draft, catalogue);
      draft.nodes[ids.get(id) ?? id] = twin;
    }
  };
  return { edit, ids: [...ids.values()] };
}

/** Links among pasted nodes follow their new ids; others stay where the graph has their node, or go. */
function linkTwin(
  node: Draft<GraphNode>,
  ids: ReadonlyMap<string, string>,
  outside: GraphDraft | undefined,
): void {
  const links = Object.entries(node.inputs ?? {}).flatMap(([input, { node: from, output }]) => {
    const twin = ids.get(from);
    if (twin !== undefined) return [[input, { node: twin, output }] as const];
    return outside !== undefined && Object.hasOwn(outside.nodes, from)
      ? [[input, { node: from, output }] as const]
      : [];
  });
  if (links.length > 0) node.inputs = Object.fromEntries(links);
  else delete node.inputs;
}

function renamed(node: GraphNode, names: ReadonlyMap<string, string>): GraphNode {
  const copy = structuredClone(node);
  const name = subgraphName(node.type);
  const other = name === undefined ? undefined : names.get(name);
  return other === undefined ? copy : { ...copy, type: subgraphType(other) };
}

/** A subgraph that the graph has already, word for word, is used; another one of its name gets a new one. */
function freeGraphNames(
  clipped: GraphDocument["graphs"],
  graphs: GraphDocument["graphs"],
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set(Object.keys(graphs ?? {}));
  for (const [name, graph] of Object.entries(clipped ?? {})) {
    const own = entryOf(graphs, name);
    const isSame = own !== undefined && JSON.stringify(own) === JSON.stringify(graph);
    const free = isSame ? name : createNodeId(name, taken);
    taken.add(free);
    names.set(name, free);
  }
  return names;
}

function addGraphs(
  draft: GraphDraft,
  clipped: GraphDocument["graphs"],
  names: ReadonlyMap<string, string>,
): void {
  for (const [name, graph] of Object.entries(clipped ?? {})) {
    const free = names.get(name) ?? name;
    if (draft.graphs !== undefined && Object.hasOwn(draft.graphs, free)) continue;
    const nodes = Object.entries(graph.nodes).map(([id, node]) => [id, renamed(node, names)]);
    const copy = { ...structuredClone(graph), nodes: Object.fromEntries(nodes) };
    draft.graphs = { ...draft.graphs, [free]: copy as Draft<Subgraph> };
  }
}

/** Copies never lie exactly on others: each one is a step further. */
const step = 32;

function freePlace(graph: GraphDocument, at: Point): Point {
  const taken = new Set(Object.keys(graph.nodes).map((id) => keyOf(placeOf(graph, id))));
  let { x, y } = { x: Math.round(at.x), y: Math.round(at.y) };
  while (taken.has(keyOf({ x, y }))) {
    x += step;
    y += step;
  }
  return { x, y };
}

function keyOf({ x, y }: Point): string {
  return `${x} ${y}`;
}

function pointBox({ x, y }: Point): Box {
  return { x, y, width: 0, height: 0 };
}

/** Copies of nodes beside them, with all their links; each further copy is a step further away. */
export function duplicateNodes(
  graph: GraphDocument,
  ids: readonly string[],
  catalogue: NodeCatalogue,
): Paste {
  const corner = boundsOf(ids.map((id) => pointBox(placeOf(graph, id)))) ?? { x: 0, y: 0 };
  const at = { x: corner.x + step, y: corner.y + step };
  return pasteClip(clipNodes(graph, ids), graph, { at, isLinked: true, catalogue });
}
