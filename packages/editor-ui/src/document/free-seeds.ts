import type { GraphDocument, GraphNode } from "@insightgraph/engine/graph";
import type { Draft } from "immer";
import type { GraphEdit } from "./edits.ts";

/** Where a node's `ui` names the seeds that every run draws anew. */
const key = "freeSeeds";

/** Whether every run draws a new value for a seed of a node. */
export function isFreeSeed(node: GraphNode, param: string): boolean {
  return freeSeedsOf(node).includes(param);
}

/** Keeps a seed as it is from now on, or draws it anew for every run. */
export function toggleFreeSeed(id: string, param: string): GraphEdit {
  return (draft) => {
    const node = draft.nodes[id];
    if (node === undefined) return;
    const seeds = freeSeedsOf(node as GraphNode);
    const others = seeds.filter((other) => other !== param);
    const next = others.length < seeds.length ? others : [...others, param];
    node.ui = { ...node.ui, [key]: next };
    if (next.length === 0) delete node.ui[key];
  };
}

/** A random seed. */
export function drawSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}

/** Draws every free seed of a document; undefined where all are kept. */
export function drawSeeds(document: GraphDocument, draw = drawSeed): GraphEdit | undefined {
  const bodies = (graph: GraphDocument | Draft<GraphDocument>) => [
    graph.nodes,
    ...Object.values(graph.graphs ?? {}).flatMap(({ file, nodes }) =>
      file === undefined ? [nodes] : [],
    ),
  ];
  const hasFree = bodies(document).some((nodes) =>
    Object.values(nodes).some((node) => freeSeedsOf(node as GraphNode).length > 0),
  );
  if (!hasFree) return undefined;
  return (draft) => {
    for (const node of bodies(draft).flatMap(
      (nodes) => Object.values(nodes) as Draft<GraphNode>[],
    )) {
      for (const param of freeSeedsOf(node as GraphNode)) {
        node.params = { ...node.params, [param]: draw() };
      }
    }
  };
}

function freeSeedsOf({ ui }: GraphNode): readonly string[] {
  const seeds = ui?.[key];
  return Array.isArray(seeds) ? seeds.filter((name) => typeof name === "string") : [];
}
