import type { GraphDocument } from "@insightgraph/engine/graph";
import { produce } from "immer";
import { moveNodes, type Point } from "./edits.ts";

/** In px. */
export interface NodeSize {
  readonly width: number;
  readonly height: number;
}

type SizeOf = (id: string) => NodeSize;

const columnGap = 48;
const rowGap = 28;

/**
 * Places for nodes: a column per distance from the sources, each column around one middle line;
 * within a column, nodes follow the order of what feeds them.
 */
export function layOutByColumns(graph: GraphDocument, sizeOf: SizeOf): Record<string, Point> {
  const columns = orderedColumns(graph);
  const heightOf = (ids: readonly string[]) =>
    ids.reduce((sum, id) => sum + sizeOf(id).height + rowGap, -rowGap);
  const tallest = Math.max(0, ...columns.map(heightOf));
  const places: Record<string, Point> = {};
  let x = 0;
  for (const ids of columns) {
    let y = (tallest - heightOf(ids)) / 2;
    for (const id of ids) {
      places[id] = { x, y: Math.round(y) };
      y += sizeOf(id).height + rowGap;
    }
    x += Math.max(0, ...ids.map((id) => sizeOf(id).width)) + columnGap;
  }
  return places;
}

/** Gives a place to each node that has none, below those that have one; these stay. */
export function withPlaces(graph: GraphDocument, sizeOf: SizeOf): GraphDocument {
  const ids = Object.keys(graph.nodes);
  const bottoms = ids.flatMap((id) => {
    const { x, y } = graph.nodes[id]?.ui ?? {};
    return typeof x === "number" && typeof y === "number" ? [[id, y + sizeOf(id).height]] : [];
  }) as readonly (readonly [string, number])[];
  const placed = new Set(bottoms.map(([id]) => id));
  if (placed.size === ids.length) return graph;
  const top = placed.size === 0 ? 0 : Math.max(...bottoms.map(([, bottom]) => bottom)) + rowGap * 2;
  const places = Object.entries(layOutByColumns(graph, sizeOf))
    .filter(([id]) => !placed.has(id))
    .map(([id, { x, y }]) => [id, { x, y: y + top }] as const);
  return produce(graph, moveNodes(Object.fromEntries(places)));
}

function orderedColumns(graph: GraphDocument): string[][] {
  const distance = distancesFromSources(graph);
  const sparse: string[][] = [];
  const rank = new Map<string, number>();
  for (const id of Object.keys(graph.nodes)) {
    const column = distance.get(id) ?? 0;
    sparse[column] = [...(sparse[column] ?? []), id];
  }
  // A cycle can leave a distance that no node has.
  const columns = sparse.filter((ids) => ids.length > 0);
  for (const ids of columns) {
    const wanted = new Map(ids.map((id, row) => [id, meanRank(sourcesOf(graph, id), rank) ?? row]));
    ids.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0));
    for (const [row, id] of ids.entries()) rank.set(id, row / Math.max(1, ids.length - 1));
  }
  return columns;
}

function meanRank(ids: readonly string[], rank: ReadonlyMap<string, number>): number | undefined {
  if (ids.length === 0) return undefined;
  return ids.reduce((sum, id) => sum + (rank.get(id) ?? 0), 0) / ids.length;
}

function sourcesOf(graph: GraphDocument, id: string): string[] {
  return Object.values(graph.nodes[id]?.inputs ?? {})
    .map((link) => link.node)
    .filter((source) => Object.hasOwn(graph.nodes, source));
}

/** Longest way from a source to each node; in a cycle the walk stops where it began. */
function distancesFromSources(graph: GraphDocument): Map<string, number> {
  const distances = new Map<string, number>();
  const visit = (id: string, above: ReadonlySet<string>): number => {
    const known = distances.get(id);
    if (known !== undefined) return known;
    if (above.has(id)) return 0;
    const seen = new Set(above).add(id);
    const sources = sourcesOf(graph, id);
    const distance = sources.reduce((most, source) => Math.max(most, visit(source, seen) + 1), 0);
    distances.set(id, distance);
    return distance;
  };
  for (const id of Object.keys(graph.nodes)) visit(id, new Set());
  return distances;
}
