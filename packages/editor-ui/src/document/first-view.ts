import { entryOf, type GraphDocument, type NodeCatalogue } from "@insightgraph/engine/graph";
import { type Box, boundsOf } from "./boxes.ts";
import type { View } from "./view.ts";

/** From this scale on a node's smallest text, of 12 px, has 11 px on the screen. */
export const readableZoom = 11 / 12;
/** Fit goes no further out, until it is asked for again. */
export const smallestFit = 0.7;
/** Room between the graph and the edge of the canvas, in px of the screen. */
const margin = 28;

type Size = Pick<Box, "width" | "height">;

/**
 * The view that shows all boxes, never larger than life. Where that would be smaller than `smallest`,
 * it begins at the top left corner, or at the box of `start` where that lies further away.
 */
export function viewOf(
  boxes: ReadonlyMap<string, Box>,
  size: Size,
  smallest: number,
  start?: string,
): View | undefined {
  const bounds = boundsOf(boxes.values());
  if (bounds === undefined) return undefined;
  const room = { width: size.width - margin * 2, height: size.height - margin * 2 };
  const whole = Math.min(1, room.width / bounds.width, room.height / bounds.height);
  const zoom = Math.max(smallest, whole);
  const box = boxes.get(start ?? "") ?? { x: bounds.x, y: bounds.y, width: 0, height: 0 };
  const place = (from: number, length: number, at: number, own: number, shown: number): number => {
    const left = shown - length * zoom;
    if (left >= 0) return margin + left / 2 - from * zoom;
    const isInSight = (at + own - from) * zoom <= shown;
    return margin - (isInSight ? from : at) * zoom;
  };
  return {
    zoom,
    x: place(bounds.x, bounds.width, box.x, box.width, room.width),
    y: place(bounds.y, bounds.height, box.y, box.height, room.height),
  };
}

/** The node that a person begins at: the one that the graph names as its instruction, else the first text that is typed. */
export function startOf(graph: GraphDocument, catalogue: NodeCatalogue): string | undefined {
  const named = entryOf(graph.inputs, "instruction");
  if (named !== undefined && "node" in named) return named.node;
  const [found] =
    Object.entries(graph.nodes).find(([, { type }]) => isTyped(catalogue, type)) ?? [];
  return found;
}

/** Whether a node type begins a graph with a text. */
function isTyped(catalogue: NodeCatalogue, type: string): boolean {
  const spec = entryOf(catalogue, type);
  if (spec === undefined || Object.keys(spec.inputs).length > 0) return false;
  return Object.values(spec.params)[0]?.kind === "text";
}
