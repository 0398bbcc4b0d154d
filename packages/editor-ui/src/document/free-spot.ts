import { type Box, grown, isInside, overlaps } from "./boxes.ts";
import type { Point } from "./edits.ts";

/** Between the places that are tried, in px. */
const step = 48;
const rings = 24;
/** Room around what is placed, in px. */
const gap = 12;

/**
 * The nearest place to one that is wanted where a box of that size covers no other; the wanted one where all are taken.
 * @param sight where the whole box must lie
 */
export function freeSpot(
  boxes: Iterable<Box>,
  wanted: Point,
  size: Pick<Box, "width" | "height">,
  sight: Box,
): Point {
  const taken = [...boxes].map((box) => grown(box, gap));
  for (let ring = 0; ring <= rings; ring++) {
    const free = ringAround(wanted, ring).find((at) => {
      const end = { x: at.x + size.width, y: at.y + size.height };
      const isSeen = isInside(at, sight) && isInside(end, sight);
      return isSeen && !taken.some((box) => overlaps(box, { ...at, ...size }));
    });
    if (free !== undefined) return free;
  }
  return wanted;
}

/** Places on a square around one, those nearest to its middle first. */
function ringAround({ x, y }: Point, ring: number): Point[] {
  const places: Point[] = [];
  for (let across = -ring; across <= ring; across++) {
    for (let down = -ring; down <= ring; down++) {
      if (Math.max(Math.abs(across), Math.abs(down)) !== ring) continue;
      places.push({ x: x + across * step, y: y + down * step });
    }
  }
  const distance = (at: Point) => Math.hypot(at.x - x, at.y - y);
  return places.sort((one, other) => distance(one) - distance(other));
}
