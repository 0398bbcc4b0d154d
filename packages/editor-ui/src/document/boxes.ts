import type { GraphDocument, NodeCatalogue } from "@insightgraph/engine/graph";
import { entryOf } from "@insightgraph/engine/graph";
import { nodeOf, type Point } from "./edits.ts";
import { inputNames } from "./input-names.ts";
import { measures, nodeSize, nodeWidth } from "./measures.ts";
import type { PortEnd } from "./port-end.ts";

/** A rectangle on the canvas. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** The smallest box around all boxes; undefined when there are none. */
export function boundsOf(boxes: Iterable<Box>): Box | undefined {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, width, height } of boxes) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  if (left > right) return undefined;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Whether two boxes share a place. */
export function overlaps(one: Box, other: Box): boolean {
  return (
    one.x <= other.x + other.width &&
    other.x <= one.x + one.width &&
    one.y <= other.y + other.height &&
    other.y <= one.y + one.height
  );
}

/** Whether a place lies in a box. */
export function isInside({ x, y }: Point, box: Box): boolean {
  return x >= box.x && y >= box.y && x <= box.x + box.width && y <= box.y + box.height;
}

/** The box with a margin on every side. */
export function grown({ x, y, width, height }: Box, by: number): Box {
  return { x: x - by, y: y - by, width: width + by * 2, height: height + by * 2 };
}

/** The box between two corners, whichever they are. */
export function boxBetween(one: Point, other: Point): Box {
  return {
    x: Math.min(one.x, other.x),
    y: Math.min(one.y, other.y),
    width: Math.abs(one.x - other.x),
    height: Math.abs(one.y - other.y),
  };
}

/** Places further out than this are taken for it: browsers lose precision there. */
export const furthest = 1e6;

/** Where a node lies: its own place, within bounds. */
export function placeOf(graph: GraphDocument, id: string): Point {
  const { x = 0, y = 0 } = nodeOf(graph, id)?.ui ?? {};
  return { x: clamped(x), y: clamped(y) };
}

function clamped(value: number): number {
  return Number.isFinite(value) ? Math.min(furthest, Math.max(-furthest, value)) : 0;
}

/** Where every node lies and the room it takes; nodes that were drawn have the size they had. */
export function nodeBoxes(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  drawn: ReadonlyMap<string, Pick<Box, "width" | "height">> = new Map(),
): Map<string, Box> {
  const boxes = new Map<string, Box>();
  for (const [id, node] of Object.entries(graph.nodes)) {
    const { width, height } = drawn.get(id) ?? nodeSize(node, catalogue);
    boxes.set(id, { ...placeOf(graph, id), width, height });
  }
  return boxes;
}

/** The middle of a port's mark, from the top left corner of its node. */
export function portOffset(
  graph: GraphDocument,
  catalogue: NodeCatalogue,
  { node: id, side, port }: PortEnd,
): Point {
  const node = nodeOf(graph, id);
  const spec = entryOf(catalogue, node?.type ?? "");
  const names = side === "input" ? inputNames(node, spec) : Object.keys(spec?.outputs ?? {});
  const row = Math.max(0, names.indexOf(port));
  const y = measures.border + measures.header + (row + 0.5) * measures.row;
  return {
    x: side === "input" ? measures.border : nodeWidth(node, catalogue) - measures.border,
    y,
  };
}

/** A link between two places as the path of an SVG, by way of others: it leaves and arrives level. */
export function linkPath(from: Point, to: Point, stops: readonly Point[] = []): string {
  const places = [from, ...stops, to];
  const legs = places.slice(1).map((end, leg) => {
    const start = places[leg] ?? from;
    const reach = linkReach(start, end);
    return `C ${start.x + reach} ${start.y} ${end.x - reach} ${end.y} ${end.x} ${end.y}`;
  });
  return `M ${from.x} ${from.y} ${legs.join(" ")}`;
}

/** How far a link runs level before it turns. */
export function linkReach(from: Point, to: Point): number {
  return Math.abs(to.x - from.x) * curvature + (to.x < from.x ? 40 : 0);
}

const curvature = 0.42;
