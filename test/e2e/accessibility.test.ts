import { afterEach, describe, expect, test } from "vitest";
import { loadAxe, violations } from "./axe-violations.ts";
import type { EditorPage } from "./editor-page.ts";
import { isBrowserMissing, serveEditor } from "./serve-editor.ts";
import type { ServedProject } from "./serve-project.ts";

/** The states of the page, and how a person comes to them. */
const states: readonly (readonly [string, (editor: EditorPage) => Promise<unknown>])[] = [
  ["as it opens", async () => {}],
  ["with a node selected", ({ node }) => node("sample").locator(".node-header").click()],
  ["with several nodes selected", ({ page }) => page.keyboard.press("Control+a")],
  ["with the start page", ({ page }) => page.keyboard.press("Home")],
  ["with the variants", ({ page }) => page.keyboard.press("x")],
  ["with the history", ({ page }) => page.keyboard.press("h")],
  ["with the workers", ({ page }) => page.keyboard.press("w")],
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
  ["with the tables", ({ page }) => page.keyboard.press("t")],
  ["finding a node", ({ page }) => page.keyboard.press("/")],
  ["renaming a node", (editor) => pressOn(editor, "sample", "F2")],
  ["replacing a node", (editor) => pressOn(editor, "restore", "r")],
  ["linking a node", (editor) => pressOn(editor, "encode", "l")],
  ["painting a mask", (editor) => pressOn(editor, "source", "p")],
  ["finding an object for a mask", findObject],
  ["folding nodes", (editor) => pressOn(editor, "decode", "g")],
  ["with a frame", (editor) => pressOn(editor, "encode", "Shift+F")],
  ["writing a note", ({ page }) => page.keyboard.press("n")],
  ["with all pictures", seePictures],
  ["choosing a model", (editor) => chooseOf(editor, "model", "checkpoint: Choose a model…")],
  ["choosing a file", (editor) => chooseOf(editor, "source", "Choose in the workspace…")],
  ["with a node that is not valid", breakNode],
  ["with an empty graph", ({ page }) => page.getByTitle("New graph").click()],
  ["closing work that is in no file", closeUnsaved],
  ["with what a graph lacks", openLacking],
];

async function pressOn({ node, page }: EditorPage, id: string, key: string): Promise<void> {
  await node(id).locator(".node-header").click();
  await page.keyboard.press(key);
}

async function findObject(editor: EditorPage): Promise<void> {
  await pressOn(editor, "source", "p");
  await editor.page.getByRole("button", { name: "Object", exact: true }).click();
}

async function seePictures({ page }: EditorPage): Promise<void> {
  await page.keyboard.press("v");
  await page.getByRole("button", { name: "Grid" }).click();
}

async function chooseOf({ node, page }: EditorPage, id: string, button: string): Promise<void> {
  await node(id).locator(".node-header").click();
  await page.locator(".inspector").getByRole("button", { name: button }).first().click();
  await page.getByRole("dialog").waitFor();
}

async function breakNode({ node, page }: EditorPage): Promise<void> {
  await node("encode").locator(".node-header").click();
  await page.keyboard.press("Delete");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("alert").first().waitFor();
}

async function closeUnsaved({ node, page }: EditorPage): Promise<void> {
  await node("sample").locator(".node-header").click();
  await page.keyboard.press("m");
  await page.getByTitle("Close insightedit").click();
  await page.getByRole("dialog").waitFor();
}

async function openLacking({ page }: EditorPage): Promise<void> {
  const asked = page.waitForEvent("filechooser");
  await page.keyboard.press("Control+o");
  const node = { type: "no.such", version: 1 };
  const model = { type: "model.insightedit", version: 1, params: { checkpoint: "no-such-model" } };
  const nodes = { node, model };
  const buffer = Buffer.from(JSON.stringify({ format: "insightgraph", version: 1, nodes }));
  await (await asked).setFiles({ name: "other.json", mimeType: "application/json", buffer });
  await page.getByRole("dialog", { name: /needs what is not here/ }).waitFor();
}

describe.skipIf(isBrowserMissing).each(["dark", "light"] as const)(
  "axe finds nothing wrong with the %s page",
  (colorScheme) => {
    let editor: EditorPage;
    let project: ServedProject;

    serveEditor({ server: "file", page: "file" }, async (served) => {
      ({ editor, project } = served);
      await editor.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await editor.run();
      await loadAxe(editor.page);
    });

    afterEach(async () => {
      for (const _ of [1, 2, 3]) await editor.page.keyboard.press("Escape");
      const toGraph = editor.page.getByRole("button", { name: "Show the graph" });
      if ((await toGraph.count()) > 0) await toGraph.click();
      await editor.page.getByTitle("insightedit.json", { exact: true }).click();
      while ((await editor.page.locator(".save-state").textContent()) !== "saved") {
        await editor.page.keyboard.press("Control+z");
      }
    });

    test.each(states)("%s", async (_name, reach) => {
      await reach(editor);
      expect(await violations(editor.page)).toEqual([]);
    });

    test("while the server is away", async () => {
      await project.kill();
      await editor.page.getByText("Offline · reconnecting").waitFor();
      await editor.page.keyboard.press("Control+Enter");
      const notice = editor.page.locator(".notice", { hasText: "Not connected" });
      await notice.waitFor();
      expect(await violations(editor.page)).toEqual([]);
      await project.start();
      // What was said of the server's absence leaves with it.
      await notice.waitFor({ state: "detached" });
      editor.faults.length = 0;
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
