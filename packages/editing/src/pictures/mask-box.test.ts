import { expect, test } from "vitest";
import { boxOfMask, maskOfBoxes } from "./mask-box.ts";

test("boxes that reach out of the picture are cut, and touch every pixel they share", () => {
  const box = { left: 78.5, top: 38.2, right: 90, bottom: 99 };
  const mask = maskOfBoxes({ width: 80, height: 40 }, [box]);
  expect(boxOfMask(mask)).toEqual({ left: 78, top: 38, right: 80, bottom: 40 });
  expect(mask.data.filter((value) => value === 255)).toHaveLength(4);
});
