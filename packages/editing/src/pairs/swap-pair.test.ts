import { expect, test } from "vitest";
import { flat } from "../pictures/small-pictures.fixture.ts";
import { type EditPair, swapPair } from "./swap-pair.ts";

const [source, target] = [flat(2, 2, 1, 1, 1), flat(2, 2, 2, 2, 2)];
const mask = { width: 2, height: 2, data: new Uint8Array(4) };
const object = { label: "cup", score: 0.9, box: { left: 0, top: 0, right: 1, bottom: 1 } };
const removal: EditPair = { source, target, mask, object, operation: "remove", replacement: "" };

test("a removal read backwards is an addition, and back again", () => {
  const addition = swapPair(removal);
  expect(addition).toEqual({ ...removal, source: target, target: source, operation: "add" });
  expect(swapPair(addition)).toEqual(removal);
});

test("a replacement read backwards exchanges the names", () => {
  const replacement: EditPair = { ...removal, operation: "replace", replacement: "bowl" };
  expect(swapPair(replacement)).toMatchObject({
    source: target,
    operation: "replace",
    object: { label: "bowl" },
    replacement: "cup",
  });
});
