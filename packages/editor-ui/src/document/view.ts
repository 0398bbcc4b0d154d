import type { Point } from "./edits.ts";

/** Where the canvas lies on the screen, in px, and its scale. */
export interface View extends Point {
  readonly zoom: number;
}
