import type { Point } from "../document/edits.ts";
import type { Box } from "../state/workbench.ts";
import type { Area } from "./rete-schemes.ts";

/** Below this scale nothing can be read. */
export const smallestZoom = 0.2;
/** Above this scale there is nothing more to see. */
export const largestZoom = 2.5;
const margin = 28;

/** Where each node lies on the canvas, as drawn. */
export function nodeBoxes(area: Area): Map<string, Box> {
  const boxes = new Map<string, Box>();
  for (const [id, { element, position }] of area.nodeViews) {
    const { offsetWidth: width, offsetHeight: height } = element;
    boxes.set(id, { ...position, width, height });
  }
  return boxes;
}

/** The smallest box around all boxes; undefined when there are none. */
export function boundsOf(boxes: Iterable<Box>): Box | undefined {
  const all = [...boxes];
  if (all.length === 0) return undefined;
  const x = Math.min(...all.map((box) => box.x));
  const y = Math.min(...all.map((box) => box.y));
  const right = Math.max(...all.map((box) => box.x + box.width));
  const bottom = Math.max(...all.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}

/** Shows all nodes, never larger than life. */
export async function fitAll(area: Area): Promise<void> {
  const bounds = boundsOf(nodeBoxes(area).values());
  if (bounds === undefined) return;
  const { clientWidth, clientHeight } = area.container;
  const wide = (clientWidth - margin * 2) / bounds.width;
  const high = (clientHeight - margin * 2) / bounds.height;
  const zoom = Math.max(smallestZoom, Math.min(1, wide, high));
  await area.area.zoom(zoom);
  await area.area.translate(
    (clientWidth - bounds.width * zoom) / 2 - bounds.x * zoom,
    (clientHeight - bounds.height * zoom) / 2 - bounds.y * zoom,
  );
}

/** Zooms around the middle of the canvas. */
export async function zoomTo(area: Area, zoom: number): Promise<void> {
  const { x, y, k } = area.area.transform;
  const middle = { x: area.container.clientWidth / 2, y: area.container.clientHeight / 2 };
  const wanted = Math.min(largestZoom, Math.max(smallestZoom, zoom));
  const scale = wanted / k;
  await area.area.zoom(wanted);
  await area.area.translate(middle.x - (middle.x - x) * scale, middle.y - (middle.y - y) * scale);
}

/** Moves the canvas so that a node is wholly in sight, if it was not. */
export async function reveal(area: Area, id: string): Promise<void> {
  const box = nodeBoxes(area).get(id);
  if (box === undefined) return;
  const { x, y, k } = area.area.transform;
  const { clientWidth, clientHeight } = area.container;
  const left = box.x * k + x;
  const top = box.y * k + y;
  const isInSight =
    left >= 0 &&
    top >= 0 &&
    left + box.width * k <= clientWidth &&
    top + box.height * k <= clientHeight;
  if (isInSight) return;
  await area.area.translate(
    clientWidth / 2 - (box.x + box.width / 2) * k,
    clientHeight / 2 - (box.y + box.height / 2) * k,
  );
}

/** A place on the canvas from one on the screen. */
export function toCanvas(area: Area, at: Point): Point {
  const { x, y, k } = area.area.transform;
  const { left, top } = area.container.getBoundingClientRect();
  return { x: (at.x - left - x) / k, y: (at.y - top - y) / k };
}

/** A place on the screen from one on the canvas. */
export function toScreen(area: Area, at: Point): Point {
  const { x, y, k } = area.area.transform;
  const { left, top } = area.container.getBoundingClientRect();
  return { x: at.x * k + x + left, y: at.y * k + y + top };
}
