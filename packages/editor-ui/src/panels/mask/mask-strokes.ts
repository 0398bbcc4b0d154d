import type { Point } from "../../document/edits.ts";

/** Of a picture, in px. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** One thing done to a mask; a mask is what all of them make, one after the other. */
export type Stroke =
  | {
      readonly kind: "brush" | "eraser";
      /** Diameter, in px of the picture. */
      readonly size: number;
      readonly points: readonly Point[];
    }
  | { readonly kind: "lasso"; readonly points: readonly Point[] }
  /** A mask, drawn over the size of the picture; where it shows nothing, what lies below stays. */
  | { readonly kind: "mask"; readonly picture: CanvasImageSource }
  | { readonly kind: "fill" | "clear" | "invert" };

/** The part of a canvas that strokes are drawn with. */
type Context = Pick<
  CanvasRenderingContext2D,
  | "beginPath"
  | "closePath"
  | "drawImage"
  | "fill"
  | "fillRect"
  | "fillStyle"
  | "globalCompositeOperation"
  | "lineCap"
  | "lineJoin"
  | "lineTo"
  | "lineWidth"
  | "moveTo"
  | "stroke"
  | "strokeStyle"
>;

/** The colour of what a mask selects. */
export const selected = "#ffffff";
/** The colour of all else. */
export const unselected = "#000000";

/** Draws a mask: white is selected, black is not. */
export function drawMask(
  context: Context,
  { width, height }: Size,
  strokes: readonly Stroke[],
): void {
  const cover = (colour: string) => {
    context.fillStyle = colour;
    context.fillRect(0, 0, width, height);
  };
  context.globalCompositeOperation = "source-over";
  cover(unselected);
  for (const stroke of strokes) {
    if ("points" in stroke) drawLine(context, stroke);
    else if (stroke.kind === "mask") context.drawImage(stroke.picture, 0, 0, width, height);
    else if (stroke.kind === "fill") cover(selected);
    else if (stroke.kind === "clear") cover(unselected);
    else {
      context.globalCompositeOperation = "difference";
      cover(selected);
      context.globalCompositeOperation = "source-over";
    }
  }
}

function drawLine(context: Context, stroke: Extract<Stroke, { points: readonly Point[] }>): void {
  const [first, ...rest] = stroke.points;
  if (first === undefined) return;
  context.beginPath();
  context.moveTo(first.x, first.y);
  // A click is a dot: a line with round ends, as short as one that is drawn at all.
  const dot = { x: first.x + 0.01, y: first.y };
  for (const { x, y } of rest.length === 0 ? [dot] : rest) context.lineTo(x, y);
  if (stroke.kind === "lasso") {
    context.closePath();
    context.fillStyle = selected;
    context.fill();
    return;
  }
  context.lineCap = "round";
  context.lineJoin = "round";
  context.lineWidth = stroke.size;
  context.strokeStyle = stroke.kind === "brush" ? selected : unselected;
  context.stroke();
}

/** The size of a brush after a turn of the wheel, from 1 px to half the picture. */
export function turnSize(size: number, deltaY: number, largest: number): number {
  const next = deltaY < 0 ? Math.ceil(size * 1.15) : Math.floor(size / 1.15);
  return Math.min(Math.max(1, next), Math.max(1, Math.round(largest)));
}

/** Shorter drags are clicks, in shares of the picture's longer side. */
const leastBox = 0.01;

/** Where an object is looked for after a drag: in the box, or at the point where it was a click. Whole px of the picture. */
export function placeIn(from: Point, to: Point, { width, height }: Size): readonly number[] {
  const within = (value: number, most: number) => Math.round(Math.min(Math.max(0, value), most));
  const isClick =
    Math.hypot(to.x - from.x, to.y - from.y) < leastBox * Math.max(width, height) ||
    within(from.x, width) === within(to.x, width) ||
    within(from.y, height) === within(to.y, height);
  if (isClick) return [within(from.x, width - 1), within(from.y, height - 1)];
  return [
    within(Math.min(from.x, to.x), width),
    within(Math.min(from.y, to.y), height),
    within(Math.max(from.x, to.x), width),
    within(Math.max(from.y, to.y), height),
  ];
}
