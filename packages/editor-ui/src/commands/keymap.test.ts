import { expect, test } from "vitest";
import { actionList } from "./actions.ts";
import { actionFor } from "./key-bindings.ts";
import { toChord } from "./keymap.ts";

const press = (key: string, held: string = "") => ({
  key,
  ctrlKey: held.includes("ctrl"),
  metaKey: held.includes("meta"),
  shiftKey: held.includes("shift"),
  altKey: held.includes("alt"),
});

test("a press is written as actions name it", () => {
  expect(toChord(press("Z", "ctrl shift"))).toBe("Ctrl+Shift+Z");
  expect(toChord(press("z", "meta"))).toBe("Ctrl+Z");
  expect(toChord(press("b"))).toBe("B");
  expect(toChord(press("ArrowUp", "alt"))).toBe("Alt+ArrowUp");
  expect(toChord(press(" "))).toBe("Space");
  expect(toChord(press("?", "shift"))).toBe("?");
  expect(toChord(press("Enter", "ctrl shift"))).toBe("Ctrl+Shift+Enter");
});

test("no two actions share a key", () => {
  const keys = actionList.flatMap(([, action]) => action.keys);
  expect(new Set(keys).size).toBe(keys.length);
  expect(actionFor("Ctrl+Z")).toBe("undo");
  expect(actionFor("Ctrl+Q")).toBeUndefined();
});
