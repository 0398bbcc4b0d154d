import { expect, test } from "vitest";
import { keyOf, moveBy } from "./browse-keys.ts";

const press = (key: string, held: object = {}) => ({
  ...{ key, ctrlKey: false, metaKey: false, altKey: false, target: null },
  ...held,
});

test("keys count in either case, with Ctrl+Z for undo; those of the browser stay its own", () => {
  expect(keyOf(press("A"))).toBe("a");
  expect(keyOf(press("z", { ctrlKey: true }))).toBe("u");
  expect(keyOf(press("z", { metaKey: true }))).toBe("u");
  expect(keyOf(press("r", { ctrlKey: true }))).toBeUndefined();
  expect(keyOf(press("a", { altKey: true }))).toBeUndefined();
});

test("arrows walk the rows and stop at the ends", () => {
  const place = { at: 4, total: 8, columns: 3 };
  const led = (key: string) => moveBy(key, place);
  expect(["arrowleft", "arrowright", "arrowup", "arrowdown"].map(led)).toEqual([3, 5, 1, 7]);
  expect(["pageup", "pagedown", "home", "end"].map(led)).toEqual([0, 7, 0, 7]);
  expect(led("a")).toBeUndefined();
  expect(moveBy("end", { at: 0, total: 0, columns: 3 })).toBeUndefined();
});
