import { afterEach, describe, expect, test } from "vitest";
import { loadAxe, violations } from "./axe-violations.ts";
import type { EditorPage } from "./editor-page.ts";
import { isBrowserMissing, serveEditor } from "./serve-editor.ts";

/** The states of the page, and how a person comes to them. */
const states: readonly (readonly [string, (editor: EditorPage) => Promise<unknown>])[] = [
  ["as it opens", async () => {}],
  ["with a node selected", ({ node }) => node("sample").locator(".node-header").click()],
  ["with several nodes selected", ({ page }) => page.keyboard.press("Control+a")],
  ["with the start page", ({ page }) => page.keyboard.press("Home")],
  ["with the variants", ({ page }) => page.keyboard.press("x")],
  ["with the history", ({ page }) => page.keyboard.press("h")],
  ["with the viewer", ({ page }) => page.keyboard.press("v")],
  ["choosing a data set", ({ page }) => page.keyboard.press("d")],
  ["with the palette", ({ page }) => page.keyboard.press("Control+k")],
  ["with the search", ({ page }) => page.keyboard.press("Space")],
  ["with the settings", ({ page }) => page.keyboard.press("Control+,")],
  ["with the help sheet", ({ page }) => page.keyboard.press("?")],
  ["saving as another file", ({ page }) => page.keyboard.press("Control+Shift+s")],
  ["sharing", ({ page }) => page.getByRole("button", { name: "Share" }).click()],
  ["as an app", ({ page }) => page.getByRole("button", { name: "App", exact: true }).click()],
  ["with a menu", ({ node }) => node("sample").locator(".node-header").click({ button: "right" })],
];

describe.skipIf(isBrowserMissing).each(["dark", "light"] as const)(
  "axe finds nothing wrong with the %s page",
  (colorScheme) => {
    let editor: EditorPage;

    serveEditor({ server: "file", page: "file" }, async (served) => {
      ({ editor } = served);
      await editor.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await editor.run();
      await loadAxe(editor.page);
    });

    afterEach(async () => {
      for (const _ of [1, 2, 3]) await editor.page.keyboard.press("Escape");
      const toGraph = editor.page.getByRole("button", { name: "Show the graph" });
      if ((await toGraph.count()) > 0) await toGraph.click();
    });

    test.each(states)("%s", { timeout: 60_000 }, async (_name, reach) => {
      await reach(editor);
      expect(await violations(editor.page)).toEqual([]);
    });

    test("says when a run ends, and each step back and forward", async () => {
      const { page, node } = editor;
      const said = page.locator("div.visually-hidden[role=status]");
      const reads = (text: string | RegExp) => said.filter({ hasText: text }).waitFor();
      await editor.run();
      await reads(/^Run .*: done$/);
      await node("sample").locator(".node-header").click();
      await page.keyboard.press("Control+d");
      await page.keyboard.press("Control+z");
      await reads("Undone");
      await page.keyboard.press("Control+Shift+z");
      await reads("Redone");
      await page.keyboard.press("Control+z");
      await reads("Undone");
    });
  },
);
