import type { GraphDocument } from "@insightgraph/engine/graph";
import { type Box, boundsOf } from "./boxes.ts";
import { type GraphEdit, moveNodes, type Point } from "./edits.ts";
import { layOutByColumns } from "./layout.ts";

/** A side, or a middle line, that nodes are aligned by. */
export type Edge = "left" | "centre" | "right" | "top" | "middle" | "bottom";

/** The direction in which nodes are spread: across the screen, or down. */
export type Axis = "across" | "down";

type Boxes = ReadonlyMap<string, Box>;

function chosen(boxes: Boxes, ids: readonly string[]): [string, Box][] {
  return ids.flatMap((id) => {
    const box = boxes.get(id);
    return box === undefined ? [] : [[id, box] as [string, Box]];
  });
}

/** Brings nodes to the outermost edge among them, or to the middle of the room they take. */
export function alignNodes(boxes: Boxes, ids: readonly string[], edge: Edge): GraphEdit {
  const all = chosen(boxes, ids);
  const bounds = boundsOf(all.map(([, box]) => box));
  if (bounds === undefined) return () => {};
  const place = ({ x, y, width, height }: Box): Point => {
    switch (edge) {
      case "left":
        return { x: bounds.x, y };
      case "centre":
        return { x: bounds.x + (bounds.width - width) / 2, y };
      case "right":
        return { x: bounds.x + bounds.width - width, y };
      case "top":
        return { x, y: bounds.y };
      case "middle":
        return { x, y: bounds.y + (bounds.height - height) / 2 };
      case "bottom":
        return { x, y: bounds.y + bounds.height - height };
    }
  };
  return moveNodes(Object.fromEntries(all.map(([id, box]) => [id, place(box)])));
}

/** Makes the gaps between nodes equal; the first and the last stay. */
export function distributeNodes(boxes: Boxes, ids: readonly string[], axis: Axis): GraphEdit {
  const [at, size] = axis === "across" ? (["x", "width"] as const) : (["y", "height"] as const);
  const all = chosen(boxes, ids).sort(([, a], [, b]) => a[at] - b[at]);
  const [first, last] = [all[0]?.[1], all.at(-1)?.[1]];
  if (first === undefined || last === undefined || all.length < 3) return () => {};
  const taken = all.reduce((sum, [, box]) => sum + box[size], 0);
  const gap = (last[at] + last[size] - first[at] - taken) / (all.length - 1);
  let next = first[at];
  const places = all.map(([id, box]) => {
    const place = { x: box.x, y: box.y, [at]: next };
    next += box[size] + gap;
    return [id, place] as const;
  });
  return moveNodes(Object.fromEntries(places));
}

/** Lays nodes out in columns by their links, from where their top left corner is; others stay. */
export function arrangeNodes(
  graph: GraphDocument,
  boxes: Boxes,
  ids: readonly string[],
): GraphEdit {
  const all = chosen(boxes, ids);
  const corner = boundsOf(all.map(([, box]) => box));
  if (corner === undefined) return () => {};
  const nodes = Object.fromEntries(
    all.flatMap(([id]) => {
      const node = graph.nodes[id];
      return node === undefined ? [] : [[id, node] as const];
    }),
  );
  const sizeOf = (id: string) => boxes.get(id) ?? { width: 0, height: 0 };
  const places = Object.entries(layOutByColumns({ ...graph, nodes }, sizeOf));
  return moveNodes(
    Object.fromEntries(places.map(([id, { x, y }]) => [id, { x: x + corner.x, y: y + corner.y }])),
  );
}

/** Places snap to multiples of this, in px. */
const grid = 16;

/** The nearest place on the grid. */
export function snapped({ x, y }: Point): Point {
  return { x: Math.round(x / grid) * grid, y: Math.round(y / grid) * grid };
}
