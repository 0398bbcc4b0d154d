import { dominantOffsets, type Offset } from "./dominant-offsets.ts";
import { expandLabel, type Looks } from "./expand-label.ts";
import type { Level } from "./level.ts";
import { flowNetwork } from "./max-flow.ts";
import { seededRandom } from "./patch-match.ts";

/** How many of the surroundings' own offsets are offered, */
const mostOffsets = 60;
/** and how many even ones to the left and to the right, over this many strides in the picture's width. */
const evenOffsets = { eachSide: 12, strides: 16 } as const;
/** How many are added for pixels that none of these gives anything. */
const mostCovers = 40;
/** More than any piece costs. */
const impossible = 1_000_000;
/** How far from a pixel of the hole known ones are compared with what lies beside its source, and what they weigh. */
const rim = { radius: 2, weight: 0.5 } as const;
/**
 * What copying from another height costs, in shares of the picture's height and of one over the hole's side: what lies at
 * one height of a photograph is mostly of one kind.
 */
const climbCost = 1000;

/** The pixels of a hole, and which of them lie beside each other. */
interface Grid {
  /** Pixel of each node. */
  readonly pixels: Int32Array;
  /** Nodes of neighbouring pixels, two by two. */
  readonly pairs: Int32Array;
}

function gridOf({ width, height, hole }: Level): Grid {
  const pixels = Int32Array.from(hole.keys()).filter((at) => hole[at] === 1);
  const nodeOf = new Int32Array(hole.length).fill(-1);
  for (const [node, at] of pixels.entries()) nodeOf[at] = node;
  const pairs: number[] = [];
  for (const [node, at] of pixels.entries()) {
    const right = at % width < width - 1 ? (nodeOf[at + 1] as number) : -1;
    const below = at < width * (height - 1) ? (nodeOf[at + width] as number) : -1;
    if (right >= 0) pairs.push(node, right);
    if (below >= 0) pairs.push(node, below);
  }
  return { pixels, pairs: Int32Array.from(pairs) };
}

/** Where a pixel is copied from at an offset, or -1 where there is nothing to copy. */
function sourceAt({ width, height, hole, barred }: Level, at: number, { x, y }: Offset): number {
  const [toX, toY] = [(at % width) + x, Math.floor(at / width) + y];
  if (toX < 0 || toX >= width || toY < 0 || toY >= height) return -1;
  const to = toY * width + toX;
  return hole[to] === 1 || barred[to] === 1 ? -1 : to;
}

function colourDistance({ pixels }: Level, a: number, b: number): number {
  if (b < 0) return 255;
  let sum = 0;
  for (let c = 0; c < 3; c++) {
    sum += Math.abs((pixels[3 * a + c] as number) - (pixels[3 * b + c] as number));
  }
  return sum;
}

/** How badly what lies beside a source goes over into what is known beside a pixel of the hole. */
function rimCost(level: Level, at: number, offset: Offset): number {
  const { width, height, hole } = level;
  const [x, y] = [at % width, Math.floor(at / width)];
  const [right, bottom] = [
    Math.min(width - 1, x + rim.radius),
    Math.min(height - 1, y + rim.radius),
  ];
  let sum = 0;
  for (let nearY = Math.max(0, y - rim.radius); nearY <= bottom; nearY++) {
    for (let nearX = Math.max(0, x - rim.radius); nearX <= right; nearX++) {
      const near = nearY * width + nearX;
      if (hole[near] === 0) sum += colourDistance(level, near, sourceAt(level, near, offset));
    }
  }
  return rim.weight * sum;
}

/** What an offset costs each pixel of the hole by itself. */
function costsOf(level: Level, { pixels }: Grid, offset: Offset): Int32Array {
  const climb = (climbCost / Math.sqrt(pixels.length)) * (Math.abs(offset.y) / level.height);
  return Int32Array.from(pixels, (at) =>
    sourceAt(level, at, offset) < 0 ? impossible : rimCost(level, at, offset) + climb,
  );
}

function looksOf(level: Level, { pixels }: Grid, offsets: readonly Offset[]): Looks {
  const nodes = pixels.length;
  const colours = new Uint8Array(3 * offsets.length * nodes);
  const isKnown = new Uint8Array(offsets.length * nodes);
  for (const [label, offset] of offsets.entries()) {
    for (const [node, at] of pixels.entries()) {
      const source = sourceAt(level, at, offset);
      if (source < 0) continue;
      isKnown[label * nodes + node] = 1;
      const colour = level.pixels.subarray(3 * source, 3 * source + 3);
      colours.set(colour, 3 * (label * nodes + node));
    }
  }
  return { nodes, colours, isKnown };
}

/** Steps to the left and to the right, along which the layers of a photograph mostly go on. */
function levelOffsets(width: number): readonly Offset[] {
  const { eachSide, strides } = evenOffsets;
  const steps = Array.from({ length: 2 * eachSide + 1 }, (_, at) => at - eachSide);
  return steps.flatMap((step) =>
    step === 0 ? [] : [{ x: Math.round((step * width) / strides), y: 0 }],
  );
}

/** Offsets, with some to somewhere for pixels that none of them gives anything. */
function withCover(level: Level, { pixels }: Grid, offsets: readonly Offset[]): readonly Offset[] {
  const { width, hole, barred } = level;
  const free = Int32Array.from(hole.keys()).filter((at) => hole[at] === 0 && barred[at] === 0);
  const random = seededRandom(3);
  const all = [...offsets];
  for (const at of pixels) {
    if (all.length === offsets.length + mostCovers) break;
    if (all.some((offset) => sourceAt(level, at, offset) >= 0)) continue;
    const to = free[Math.floor(random() * free.length)] as number;
    const y = Math.floor(to / width) - Math.floor(at / width);
    all.push({ x: (to % width) - (at % width), y });
  }
  return all;
}

/** The place of the cheapest label for each node. */
function cheapest(costs: readonly Int32Array[], nodes: number): Int32Array {
  return Int32Array.from({ length: nodes }, (_, node) => {
    const costAt = (label: number): number => costs[label]?.[node] as number;
    return costs.reduce((best, _, label) => (costAt(label) < costAt(best) ? label : best), 0);
  });
}

/**
 * Copies large pieces of the surroundings into a hole, at offsets at which the surroundings repeat themselves, and cuts
 * between them where they differ least. Returns the source of each pixel of the hole, or -1.
 * Source: Statistics of Patch Offsets for Image Completion (He and Sun 2012).
 */
export function shiftMap(level: Level): Int32Array {
  const grid = gridOf(level);
  const found = [...dominantOffsets(level, mostOffsets), ...levelOffsets(level.width)];
  const offsets = withCover(level, grid, found);
  const costs = offsets.map((offset) => costsOf(level, grid, offset));
  const looks = looksOf(level, grid, offsets);
  const network = flowNetwork(grid.pixels.length, grid.pairs);
  const labels = cheapest(costs, grid.pixels.length);
  for (const label of offsets.keys()) expandLabel(network, labels, label, costs, looks);
  for (const label of new Set(labels)) expandLabel(network, labels, label, costs, looks);
  const from = new Int32Array(level.hole.length).fill(-1);
  for (const [node, at] of grid.pixels.entries()) {
    from[at] = sourceAt(level, at, offsets[labels[node] as number] as Offset);
  }
  return from;
}
