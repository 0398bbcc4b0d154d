import fc from "fast-check";
import { expect, test } from "vitest";
import { fitPicture, hasSameShape, pixelAt, zoomAt } from "./view-math.ts";

const frame = { width: 400, height: 200 };

test("a picture fits in the middle of its frame, small ones enlarged", () => {
  expect(fitPicture({ width: 800, height: 200 }, frame)).toEqual({ x: 0, y: 50, scale: 0.5 });
  expect(fitPicture({ width: 100, height: 100 }, frame)).toEqual({ x: 100, y: 0, scale: 2 });
});

test("what lies under the pointer stays there while zooming", () => {
  const place = fc.record({
    x: fc.integer({ min: 0, max: 400 }),
    y: fc.integer({ min: 0, max: 200 }),
  });
  fc.assert(
    fc.property(place, fc.double({ min: 0.25, max: 4, noNaN: true }), (at, factor) => {
      const before = { x: 10, y: -20, scale: 2 };
      const after = zoomAt(before, factor, at);
      const under = (view: typeof before) => (at.x - view.x) / view.scale;
      expect(under(after)).toBeCloseTo(under(before), 6);
    }),
  );
});

test("zoom ends where single pixels fill the screen", () => {
  expect(zoomAt({ x: 0, y: 0, scale: 60 }, 10, { x: 0, y: 0 }).scale).toBe(64);
  expect(zoomAt({ x: 0, y: 0, scale: 0.03 }, 0.1, { x: 0, y: 0 }).scale).toBe(0.02);
});

test("a spot is a pixel of the picture, or none beside it", () => {
  const view = { x: 10, y: 20, scale: 2 };
  expect(pixelAt(view, { width: 8, height: 8 }, { x: 13.9, y: 20 })).toEqual({ x: 1, y: 0 });
  expect(pixelAt(view, { width: 8, height: 8 }, { x: 9.9, y: 20 })).toBeUndefined();
  expect(pixelAt(view, { width: 8, height: 8 }, { x: 26, y: 20 })).toBeUndefined();
});

test("a preview has the shape of its original, a crop has not", () => {
  expect(hasSameShape({ width: 512, height: 341 }, { width: 3000, height: 2000 })).toBe(true);
  expect(hasSameShape({ width: 512, height: 512 }, { width: 3000, height: 2000 })).toBe(false);
});
