import { type Box, grown, overlaps } from "../document/boxes.ts";
import type { View } from "../document/view.ts";

/** What of a graph is drawn in detail. */
export interface Sight {
  /** Nodes are too small to read and too many: they are painted as plain boxes. */
  readonly isFar: boolean;
  /** Nodes to draw in detail. */
  readonly nodes: ReadonlySet<string>;
}

/** Nothing is drawn in detail. */
export const noSight: Sight = { isFar: false, nodes: new Set() };

/** Under this scale a text of 12 px is no text any more. */
const readableZoom = 0.4;
/** As many nodes are drawn in detail at any scale. */
const detailedNodes = 40;
/** Nodes this near to the edge of the screen are drawn already, in px of the screen. */
const margin = 120;

/** The part of the canvas that a view shows. */
export function shownBox({ x, y, zoom }: View, size: Pick<Box, "width" | "height">): Box {
  return { x: -x / zoom, y: -y / zoom, width: size.width / zoom, height: size.height / zoom };
}

/**
 * Which nodes a view draws in detail.
 * @param kept Nodes that stay, wherever they are: what has the keyboard must not go away.
 */
export function findSight(
  boxes: ReadonlyMap<string, Box>,
  view: View,
  size: Pick<Box, "width" | "height">,
  kept: Iterable<string> = [],
): Sight {
  const shown = shownBox(view, size);
  const near = [...boxes].filter(([, box]) => overlaps(box, shown)).length;
  const isFar = view.zoom < readableZoom && near > detailedNodes;
  const nodes = new Set<string>();
  if (!isFar) {
    const drawn = grown(shown, margin / view.zoom);
    for (const [id, box] of boxes) if (overlaps(box, drawn)) nodes.add(id);
  }
  for (const id of kept) if (boxes.has(id)) nodes.add(id);
  return { isFar, nodes };
}

/** Whether two sights draw the same. */
export function isSameSight(one: Sight, other: Sight): boolean {
  return (
    one.isFar === other.isFar &&
    one.nodes.size === other.nodes.size &&
    [...one.nodes].every((id) => other.nodes.has(id))
  );
}
