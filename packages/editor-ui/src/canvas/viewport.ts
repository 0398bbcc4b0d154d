import { type Box, isInside } from "../document/boxes.ts";
import type { Point } from "../document/edits.ts";
import type { View } from "../document/view.ts";
import type { Area } from "./area.ts";

/** Below this scale nothing can be read. */
export const smallestZoom = 0.2;
/** Above this scale there is nothing more to see. */
export const largestZoom = 2.5;
/** A node is looked at from no further away. */
const smallestReveal = 0.4;

/** Goes back to a view. */
export async function goToView(area: Area, { x, y, zoom }: View): Promise<void> {
  await area.area.zoom(zoom);
  await area.area.translate(x, y);
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

/** Moves the canvas so that a box is wholly in sight and large enough to read, if it was not. */
export async function reveal(area: Area, box: Box): Promise<void> {
  const { x, y, k } = area.area.transform;
  const { clientWidth: width, clientHeight: height } = area.container;
  const zoom = Math.max(k, smallestReveal);
  const [left, top] = [box.x * k + x, box.y * k + y];
  const screen = { x: 0, y: 0, width, height };
  const isWhole =
    isInside({ x: left, y: top }, screen) &&
    isInside({ x: left + box.width * k, y: top + box.height * k }, screen);
  if (isWhole && zoom === k) return;
  await area.area.zoom(zoom);
  await area.area.translate(
    width / 2 - (box.x + box.width / 2) * zoom,
    height / 2 - (box.y + box.height / 2) * zoom,
  );
}

/** A place on the canvas from one on the screen. */
export function toCanvas(area: Area, at: Point): Point {
  const { x, y, k } = area.area.transform;
  const { left, top } = area.container.getBoundingClientRect();
  return { x: (at.x - left - x) / k, y: (at.y - top - y) / k };
}
