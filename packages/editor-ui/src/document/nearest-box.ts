import type { Box } from "./boxes.ts";

/** A way to go on the canvas. */
export type Direction = "left" | "right" | "up" | "down";

/** The nearest box in a direction from another one; what lies straight ahead counts as nearer than what lies aside. */
export function nearestBox(
  boxes: ReadonlyMap<string, Box>,
  from: string,
  direction: Direction,
): string | undefined {
  const start = boxes.get(from);
  if (start === undefined) return undefined;
  let best: { readonly id: string; readonly distance: number } | undefined;
  for (const [id, box] of boxes) {
    const distance = id === from ? undefined : distanceTo(start, box, direction);
    if (distance === undefined || distance >= (best?.distance ?? Infinity)) continue;
    best = { id, distance };
  }
  return best?.id;
}

/** Undefined for what does not lie that way. */
function distanceTo(start: Box, box: Box, direction: Direction): number | undefined {
  const x = middle(box.x, box.width) - middle(start.x, start.width);
  const y = middle(box.y, box.height) - middle(start.y, start.height);
  const [ahead, aside] = {
    left: [-x, y],
    right: [x, y],
    up: [-y, x],
    down: [y, x],
  }[direction] as [number, number];
  return ahead <= 0 ? undefined : ahead + Math.abs(aside) * 2;
}

function middle(start: number, length: number): number {
  return start + length / 2;
}
