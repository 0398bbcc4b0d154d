import { unfitArgument } from "../errors.ts";
import type { Size } from "./canvas.ts";
import type { Mask } from "./picture.ts";

/** A rectangle by its edges; right and bottom lie just outside. */
interface Edges {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The smallest rectangle that holds all of a mask from 128 on; undefined where there is nothing. */
export function boxOfMask({ width, height, data }: Mask): Edges | undefined {
  let [left, right, top, bottom] = [width, 0, height, 0];
  for (let y = 0; y < height; y++) {
    const row = data.subarray(y * width, (y + 1) * width);
    const first = row.findIndex((value) => value >= 128);
    if (first < 0) continue;
    if (top === height) top = y;
    bottom = y + 1;
    left = Math.min(left, first);
    right = Math.max(right, row.findLastIndex((value) => value >= 128) + 1);
  }
  return bottom === 0 ? undefined : { left, top, right, bottom };
}

/** What the four numbers of a box mean: two corners, or a corner with width and height. */
export const boxForms = ["xyxy", "xywh"] as const;
/** One of the two meanings. */
export type BoxForm = (typeof boxForms)[number];

/** A box as four numbers. */
export function toBox({ left, top, right, bottom }: Edges, form: BoxForm): readonly number[] {
  return form === "xyxy" ? [left, top, right, bottom] : [left, top, right - left, bottom - top];
}

/** A box from four numbers. Throws: argument.unfit at `box` where they are none. */
export function fromBox(numbers: unknown, form: BoxForm): Edges {
  const fault = (what: string): Error =>
    unfitArgument(
      "box",
      what,
      'Give four numbers, such as [10, 20, 110, 220], and say by "form" what they mean.',
    );
  if (!Array.isArray(numbers) || numbers.length !== 4 || !numbers.every(Number.isFinite)) {
    throw fault("a box is four numbers.");
  }
  const [left, top, third, fourth] = numbers.map(Number) as [number, number, number, number];
  const [right, bottom] = form === "xyxy" ? [third, fourth] : [left + third, top + fourth];
  if (right <= left || bottom <= top) throw fault(`the box ${numbers.join(", ")} has no area.`);
  return { left, top, right, bottom };
}

/** A mask that is white on boxes, as far as they lie in the picture; a pixel counts where a box touches it. */
export function maskOfBoxes({ width, height }: Size, boxes: readonly Edges[]): Mask {
  const data = new Uint8Array(width * height);
  for (const { left, top, right, bottom } of boxes) {
    const [from, to] = [Math.max(0, Math.floor(left)), Math.min(width, Math.ceil(right))];
    for (let y = Math.max(0, Math.floor(top)); y < Math.min(height, Math.ceil(bottom)); y++) {
      data.fill(255, y * width + from, y * width + Math.max(from, to));
    }
  }
  return { width, height, data };
}
