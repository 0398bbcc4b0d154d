import type { Mask } from "../pictures/picture.ts";

/** Parts smaller than this share of the largest are dropped, and such holes filled. */
const leastShare = 0.03;

/** The connected parts of a mask. */
export interface MaskParts {
  /** Number of each pixel's part, from 1 on; 0 where nothing is. */
  readonly labels: Int32Array;
  /** Pixels of each part, by its number. */
  readonly areas: readonly number[];
}

/** Tells the 4-connected parts of a mask apart. */
export function labelParts({ width, height, data }: Mask): MaskParts {
  const labels = new Int32Array(width * height);
  const areas = [0];
  const queue: number[] = [];
  const visit = (at: number, label: number): void => {
    if (labels[at] !== 0 || data[at] === 0) return;
    labels[at] = label;
    queue.push(at);
  };
  for (let start = 0; start < labels.length; start++) {
    if (labels[start] !== 0 || data[start] === 0) continue;
    const label = areas.length;
    let area = 0;
    visit(start, label);
    for (let at = queue.pop(); at !== undefined; at = queue.pop(), area++) {
      const x = at % width;
      if (x > 0) visit(at - 1, label);
      if (x < width - 1) visit(at + 1, label);
      if (at >= width) visit(at - width, label);
      if (at < labels.length - width) visit(at + width, label);
    }
    areas.push(area);
  }
  return { labels, areas };
}

/** What is left of a mask without its connected parts below an area. */
function withoutSmall(mask: Mask, least: (largest: number) => number): Mask {
  const { labels, areas } = labelParts(mask);
  const limit = least(Math.max(...areas));
  const isKept = areas.map((area) => area >= limit && area > 0);
  return { ...mask, data: mask.data.map((value, at) => (isKept[labels[at] ?? 0] ? value : 0)) };
}

const invert = (mask: Mask): Mask => ({ ...mask, data: mask.data.map((value) => 255 - value) });

/** Drops specks and fills pinholes of a mask whose values are 0 and 255. */
export function keepLargeParts(mask: Mask): Mask {
  const area = mask.data.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0);
  const cleaned = withoutSmall(mask, (largest) => leastShare * largest);
  return invert(withoutSmall(invert(cleaned), () => (leastShare * area) / 3));
}
