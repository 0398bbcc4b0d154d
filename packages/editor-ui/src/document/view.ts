import type { Point } from "./edits.ts";

/** Where the canvas lies on the screen, in px, and its scale. */
export interface View extends Point {
  readonly zoom: number;
}

/** A view together with the size of the canvas that it was made for, in px. */
export interface KeptView extends View {
  readonly width: number;
  readonly height: number;
}

/** Whether a kept view still suits a canvas: in one of another size it would show something else. */
export function suits(
  { width, height }: KeptView,
  canvas: Pick<KeptView, "width" | "height">,
): boolean {
  const isNear = (one: number, other: number) => Math.abs(one - other) <= 0.1 * other;
  return isNear(width, canvas.width) && isNear(height, canvas.height);
}
