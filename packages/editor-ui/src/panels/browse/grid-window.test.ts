import fc from "fast-check";
import { expect, test } from "vitest";
import { scrollTo, windowOf } from "./grid-window.ts";

const size = { width: 900, height: 600, tileWidth: 300, rowHeight: 200 };

test("draws the rows on the screen, one more on each side, and not a tile too many", () => {
  expect(windowOf(100, 0, size)).toEqual({ columns: 3, first: 0, end: 12, height: 6800, top: 0 });
  expect(windowOf(100, 1000, size)).toMatchObject({ first: 12, end: 27, top: 800 });
  expect(windowOf(2, 0, size)).toMatchObject({ end: 2, height: 200 });
  expect(windowOf(0, 0, size)).toMatchObject({ end: 0, height: 0 });
});

test("whatever the number of tiles, any of them can be brought into sight, and few are drawn", () => {
  const count = fc.integer({ min: 1, max: 3_000_000 });
  const width = fc.integer({ min: 100, max: 3000 });
  fc.assert(
    fc.property(count, width, fc.double({ min: 0, max: 1, noNaN: true }), (all, wide, share) => {
      const own = { ...size, width: wide };
      const place = Math.min(all - 1, Math.floor(share * all));
      const scrollTop = scrollTo(place, all, 0, own);
      const { first, end, columns, height, top } = windowOf(all, scrollTop, own);
      expect(height).toBeLessThanOrEqual(8_000_000);
      expect(scrollTop).toBeLessThanOrEqual(Math.max(0, height - own.height) + 1);
      expect(first).toBeLessThanOrEqual(place);
      expect(end).toBeGreaterThan(place);
      expect(end - first).toBeLessThanOrEqual(columns * 6);
      const tileTop = top + Math.floor((place - first) / columns) * own.rowHeight - scrollTop;
      expect(tileTop).toBeGreaterThanOrEqual(-1);
      expect(tileTop + own.rowHeight).toBeLessThanOrEqual(own.height + 1);
    }),
  );
});
