import { describe, expect, test } from "vitest";
import { dominantOffsets } from "./dominant-offsets.ts";
import { depthIn, type Level } from "./level.ts";
import { shiftMap } from "./shift-map.ts";

const size = { width: 96, height: 48 } as const;
const count = size.width * size.height;

/** A tile of noise, 24 pixels wide, that repeats itself to the left and to the right alone. */
const tile = (x: number, y: number): number => ((x % 24) * 97 + y * 61 + (x % 24) * y * 13) % 256;

function levelOf(
  valueAt: (x: number, y: number) => number,
  isHole: (x: number, y: number) => boolean,
) {
  const at = (i: number) => [i % size.width, Math.floor(i / size.width)] as const;
  const hole = Uint8Array.from({ length: count }, (_, i) => (isHole(...at(i)) ? 1 : 0));
  const pixels = Uint8Array.from({ length: 3 * count }, (_, i) => {
    const place = Math.floor(i / 3);
    return hole[place] === 1 ? 0 : valueAt(...at(place));
  });
  const barred = new Uint8Array(count);
  return { ...size, pixels, hole, barred, depth: depthIn({ ...size, hole }) } satisfies Level;
}

const isHole = (x: number, y: number): boolean => x >= 40 && x < 60 && y >= 14 && y < 36;
const rowOf = (at: number): number => Math.floor(at / size.width);

test("finds at which offsets a pattern repeats itself", () => {
  for (const { x, y } of dominantOffsets(levelOf(tile, isHole), 4)) {
    expect([Math.abs(x % 24), y]).toEqual([0, 0]);
  }
});

describe("shiftMap", () => {
  test("goes on with a pattern to the last pixel", () => {
    const level = levelOf(tile, isHole);
    const from = shiftMap(level);
    const wrong = [...level.hole.keys()].filter((at) => {
      return level.hole[at] === 1 && level.pixels[3 * (from[at] ?? 0)] !== tile(at % 96, rowOf(at));
    });
    expect(wrong).toHaveLength(0);
  });

  test("copies what lies at about the same height, where nothing else decides", () => {
    const level = levelOf(() => 120, isHole);
    const from = shiftMap(level);
    const climbs = [...level.hole.keys()].filter((at) => {
      return level.hole[at] === 1 && rowOf(from[at] ?? 0) !== rowOf(at);
    });
    expect(climbs).toHaveLength(0);
  });

  test("copies neither from the hole nor from what is barred", () => {
    const level = levelOf((x, y) => (x * 37 + y * 91) % 256, isHole);
    level.barred.fill(1, 0, 10 * size.width);
    const from = shiftMap(level);
    for (const [at, isIn] of level.hole.entries()) {
      const source = from[at] ?? -1;
      if (isIn === 0) expect(source).toBe(-1);
      else expect([source >= 0, level.hole[source], level.barred[source]]).toEqual([true, 0, 0]);
    }
  });

  test("a hole that only far pixels can fill is filled", () => {
    const level = levelOf(
      (x) => x,
      (x) => x < 60,
    );
    const from = shiftMap(level);
    const empty = [...level.hole.keys()].filter(
      (at) => level.hole[at] === 1 && (from[at] ?? -1) < 0,
    );
    expect(empty).toHaveLength(0);
  });

  test("few places to copy from cost little", () => {
    const level = levelOf((x) => x, isHole);
    level.barred.fill(1);
    level.barred[0] = 0;
    expect(shiftMap(level).filter((source) => source >= 0).length).toBeLessThanOrEqual(40);
  });
});
