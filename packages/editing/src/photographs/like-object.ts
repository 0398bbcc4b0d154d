import type { Picture } from "../pictures/picture.ts";

/** Levels of each channel that are told apart. */
const levels = 8;
/** A colour is the object's own where it is this many times as frequent in it as around it. */
const ownRatio = 6;
/** More than this share of the surroundings is never barred. */
const largestShare = 0.25;

/**
 * Marks pixels around an object that have its own colours, such as parts that a mask missed or a second one of its kind.
 * Shapes: object [H, W], 1 where it is -> [H, W], 1 where a pixel outside is like it
 */
export function likeObject({ data }: Picture, object: Uint8Array): Uint8Array {
  const inside = new Float64Array(levels ** 3);
  const outside = new Float64Array(levels ** 3);
  const binOf = (at: number): number => {
    const [red = 0, green = 0, blue = 0] = [data[3 * at], data[3 * at + 1], data[3 * at + 2]];
    return ((red >> 5) * levels + (green >> 5)) * levels + (blue >> 5);
  };
  let count = 0;
  for (let at = 0; at < object.length; at++) {
    const histogram = object[at] === 1 ? inside : outside;
    const bin = binOf(at);
    histogram[bin] = (histogram[bin] ?? 0) + 1;
    count += object[at] ?? 0;
  }
  const others = object.length - count;
  const isOwn = Array.from(inside, (seen, bin) => {
    return seen / Math.max(1, count) > (ownRatio * (outside[bin] ?? 0)) / Math.max(1, others);
  });
  const marked = object.map((value, at) => (value === 0 && isOwn[binOf(at)] ? 1 : 0));
  const share = marked.reduce((sum, value) => sum + value, 0) / Math.max(1, others);
  return share > largestShare ? new Uint8Array(object.length) : marked;
}
