import { describe, expect, test } from "vitest";
import { extentOf, growMask, withShadow } from "./grow-mask.ts";
import { keepLargeParts } from "./mask-parts.ts";
import { outlineDoubt } from "./outline-doubt.ts";
import { resizeMask } from "./resize-mask.ts";
import { inDisc, maskWhere, painted } from "./small-scene.fixture.ts";

const areaOf = ({ data }: { readonly data: Uint8Array }): number =>
  data.filter((value) => value > 0).length;

test("a square brush grows a point into a square", () => {
  const grown = growMask(
    maskWhere(9, 7, (x, y) => x === 4 && y === 1),
    2,
  );
  expect(extentOf(grown)).toEqual({ left: 2, top: 0, right: 7, bottom: 4 });
  expect(areaOf(grown)).toBe(20);
});

test("specks go, pinholes are filled, large parts and holes stay", () => {
  const ring = inDisc(20, 20, 16);
  const hole = inDisc(20, 20, 7);
  const mask = maskWhere(60, 40, (x, y) => {
    if ((x === 50 && y === 5) || (x === 8 && y === 20)) return x === 50;
    return ring(x, y) && !hole(x, y);
  });
  const kept = keepLargeParts(mask);
  expect(kept).toEqual(maskWhere(60, 40, (x, y) => ring(x, y) && !hole(x, y)));
});

test("an empty mask stays empty", () => {
  expect(areaOf(keepLargeParts(maskWhere(4, 4, () => false)))).toBe(0);
});

test("a mask is enlarged with an even outline", () => {
  const large = resizeMask(maskWhere(20, 20, inDisc(9.5, 9.5, 6)), { width: 80, height: 80 });
  const wanted = Math.PI * (4 * 6) ** 2;
  expect(areaOf(large) / wanted).toBeGreaterThan(0.95);
  expect(areaOf(large) / wanted).toBeLessThan(1.1);
  expect(new Set(large.data)).toEqual(new Set([0, 255]));
});

test("a shadow at the foot belongs to the object, a dark wall above does not", () => {
  const isBall = inDisc(40, 30, 15);
  const isShadow = (x: number, y: number): boolean => Math.hypot((x - 40) / 14, (y - 45) / 4) <= 1;
  const picture = painted(80, 70, (x, y) => {
    if (isBall(x, y)) return [200, 30, 30];
    return isShadow(x, y) || y < 8 ? [40, 40, 40] : [180, 180, 180];
  });
  const found = withShadow(picture, maskWhere(80, 70, isBall));
  const at = (x: number, y: number): number => found.data[y * 80 + x] ?? 0;
  expect([at(40, 47), at(40, 30), at(40, 4), at(40, 60)]).toEqual([255, 255, 0, 0]);
});

test("where the ground is not one, nothing can be told to be a shadow", () => {
  const isBall = inDisc(40, 30, 15);
  const boards = painted(80, 70, (x, y) => {
    if (isBall(x, y)) return [200, 30, 30];
    return Math.floor(x / 10) % 2 === 0 ? [180, 180, 180] : [60, 60, 60];
  });
  const ball = maskWhere(80, 70, isBall);
  expect(withShadow(boards, ball)).toEqual(ball);
});

describe("outlineDoubt", () => {
  const box = { left: 10, top: 10, right: 30, bottom: 30 };
  const object = { label: "kite", score: 1, box };
  const within = (side: number) =>
    maskWhere(40, 40, (x, y) => x >= 10 && x < 10 + side && y >= 10 && y < 10 + side);

  test("says which outlines are rarely right", () => {
    expect(outlineDoubt(object, within(5))).toBe(
      'The outline of "kite" takes 6 % of its box: parts may be missing. Look at the mask.',
    );
    expect(outlineDoubt(object, within(20))).toContain("100 % of its box: it may hold");
    expect(outlineDoubt(object, within(15))).toBeUndefined();
  });
});
