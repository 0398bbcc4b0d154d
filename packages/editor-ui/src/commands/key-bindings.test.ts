import { afterEach, expect, test } from "vitest";
import { actionFor, bindKey, keysOf, resetKeys } from "./key-bindings.ts";

afterEach(resetKeys);

test("an action has its usual keys until a person chooses another one", () => {
  expect(keysOf("undo")).toEqual(["Ctrl+Z"]);
  bindKey("undo", "U");
  expect(keysOf("undo")).toEqual(["U"]);
  expect(actionFor("U")).toBe("undo");
  expect(actionFor("Ctrl+Z")).toBeUndefined();
  resetKeys();
  expect(actionFor("Ctrl+Z")).toBe("undo");
});

test("a key belongs to one action: the one that had it loses it", () => {
  bindKey("bypass", "M");
  expect(actionFor("M")).toBe("bypass");
  expect(keysOf("mute")).toEqual([]);
  expect(keysOf("redo")).toEqual(["Ctrl+Shift+Z", "Ctrl+Y"]);
  bindKey("undo", "Ctrl+Y");
  expect(keysOf("redo")).toEqual(["Ctrl+Shift+Z"]);
});
