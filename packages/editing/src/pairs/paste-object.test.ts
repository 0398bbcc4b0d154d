import { expect, test } from "vitest";
import { boxOfMask, maskOfBoxes } from "../pictures/mask-box.ts";
import { flat } from "../pictures/small-pictures.fixture.ts";
import { pasteObject } from "./paste-object.ts";

const ground = flat(60, 40, 10, 10, 10);
const place = maskOfBoxes(ground, [{ left: 20, top: 10, right: 40, bottom: 30 }]);
const other = flat(100, 100, 200, 0, 0);

test("pastes an object on the lower edge of the place, as large as fits", () => {
  const mask = maskOfBoxes(other, [{ left: 0, top: 0, right: 80, bottom: 40 }]);
  const pasted = pasteObject(ground, place, { picture: other, mask });
  expect(boxOfMask(pasted.mask)).toEqual({ left: 20, top: 20, right: 40, bottom: 30 });
  const at = (x: number, y: number) => pasted.picture.data[3 * (y * 60 + x)];
  expect([at(30, 25), at(30, 15), at(19, 25)]).toEqual([200, 10, 10]);
});

test("refuses empty masks", () => {
  const empty = { ...place, data: new Uint8Array(2400) };
  const nothing = { width: 100, height: 100, data: new Uint8Array(10_000) };
  expect(() => pasteObject(ground, empty, { picture: other, mask: nothing })).toThrow("at mask");
  expect(() => pasteObject(ground, place, { picture: other, mask: nothing })).toThrow(
    "at otherMask",
  );
});
