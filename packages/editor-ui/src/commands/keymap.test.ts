import { expect, test } from "vitest";
import { type Command, commands } from "./commands.ts";
import { commandFor, toChord } from "./keymap.ts";

const press = (key: string, held: string = "") => ({
  key,
  ctrlKey: held.includes("ctrl"),
  metaKey: held.includes("meta"),
  shiftKey: held.includes("shift"),
});

test("a press is written as commands name it", () => {
  expect(toChord(press("Z", "ctrl shift"))).toBe("Ctrl+Shift+Z");
  expect(toChord(press("z", "meta"))).toBe("Ctrl+Z");
  expect(toChord(press("b"))).toBe("B");
  expect(toChord(press(" "))).toBe("Space");
  expect(toChord(press("?", "shift"))).toBe("?");
  expect(toChord(press("Enter", "ctrl shift"))).toBe("Ctrl+Shift+Enter");
});

test("no two commands share a key", () => {
  const keys = Object.values<Command>(commands).flatMap((command) => command.keys);
  expect(new Set(keys).size).toBe(keys.length);
  expect(commandFor("Ctrl+Z")).toBe(commands.undo);
  expect(commandFor("Ctrl+Q")).toBeUndefined();
});
