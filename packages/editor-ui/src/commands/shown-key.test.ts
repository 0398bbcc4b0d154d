import { expect, test } from "vitest";
import { actionList } from "./actions.ts";
import { shownKey, shownKeyOf, withKey } from "./shown-key.ts";

test("keys are written as on a keyboard, a plus sign included", () => {
  expect(shownKey("Ctrl+Shift+Enter")).toBe("Ctrl+Shift+↵");
  expect(shownKey("Alt+ArrowLeft")).toBe("Alt+←");
  expect(shownKey("Shift+Escape")).toBe("Shift+Esc");
  expect(shownKey("+")).toBe("+");
  expect(shownKey("Ctrl+,")).toBe("Ctrl+,");
});

test("no key of an action is shown as nothing", () => {
  for (const [id, { keys }] of actionList) {
    expect(shownKeyOf(id)?.trim(), id).toBe(keys[0] === undefined ? undefined : shownKey(keys[0]));
    for (const key of keys) expect(shownKey(key)).toMatch(/\S/);
  }
});

test("a tooltip ends with the key, where there is one", () => {
  expect(withKey("Undo", "undo")).toBe("Undo (Ctrl+Z)");
  expect(withKey("Space evenly across", "distributeAcross")).toBe("Space evenly across");
});
