import { expect, test } from "vitest";
import { cutToMask } from "./cut-to-mask.ts";

const data = Uint8Array.from([0, 0, 0, 0, 0, 200, 0, 0, 0, 0, 128, 127]);
const mask = { width: 4, height: 3, data };
const pixels = Uint8Array.from({ length: 36 }, (_, at) => at);
const picture = { width: 4, height: 3, channels: 3, data: pixels } as const;

test("keeps the smallest box that holds all selected pixels", () => {
  const cut = cutToMask(picture, mask);
  expect([cut?.width, cut?.height, cut?.data[0]]).toEqual([2, 2, (4 + 1) * 3]);
});

test("an empty mask leaves nothing, a mask of another size is refused", () => {
  expect(cutToMask(picture, { ...mask, data: new Uint8Array(12) })).toBeUndefined();
  const narrow = { width: 3, height: 4, data };
  expect(() => cutToMask(picture, narrow)).toThrow("argument.unfit at mask");
});
