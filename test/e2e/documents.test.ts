import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Browser } from "playwright-core";
import { describe, expect, test } from "vitest";
import { type EditorPage, openEditorPage, runTimeoutMs } from "./editor-page.ts";
import { isBrowserMissing, serveEditor } from "./serve-editor.ts";
import type { ServedProject } from "./serve-project.ts";

describe.skipIf(isBrowserMissing)("documents", { timeout: runTimeoutMs }, () => {
  let project: ServedProject;
  let browser: Browser;
  let editor: EditorPage;

  serveEditor({ server: "test", page: "test" }, (served) => {
    ({ browser, project, editor } = served);
  });

  const tabs = ({ page }: EditorPage) => page.getByRole("tab");
  const saveState = ({ page }: EditorPage) => page.locator(".save-state").textContent();
  const openFile = async ({ page }: EditorPage, name: string, text: string) => {
    const asked = page.waitForEvent("filechooser");
    await page.keyboard.press("Control+o");
    const file = { name, mimeType: "application/json", buffer: Buffer.from(text) };
    await (await asked).setFiles(file);
  };

  test("graph, undo, selection and view are there after a reload", async () => {
    const { node, page } = editor;
    const shipped = await editor.instruction().inputValue();
    await node("sample").locator(".node-header").click();
    await editor.instruction().fill("add a cat");
    await node("sample").locator(".node-header").click();
    await page.getByRole("button", { name: "Zoom in" }).click();
    await expect.poll(() => saveState(editor)).toBe("not saved to a file");
    const zoom = await page.locator(".canvas-zoom").textContent();
    // The view is kept once it has rested; nothing else tells that it was.
    await page.waitForResponse(() => true, { timeout: 600 }).catch(() => {});
    await page.reload();
    await node("sample").waitFor();
    expect(await editor.instruction().inputValue()).toBe("add a cat");
    expect(await node("sample").getAttribute("data-selected")).toBe("true");
    expect(await page.locator(".canvas-zoom").textContent()).toBe(zoom);
    await page.keyboard.press("Control+z");
    await expect.poll(() => editor.instruction().inputValue()).toBe(shipped);
    await expect.poll(() => saveState(editor)).toBe("saved");
    expect(editor.faults).toEqual([]);
  });

  test("a killed server loses nothing; edits made meanwhile reach it when it is back", async () => {
    const { page } = editor;
    await editor.instruction().fill("add a cat");
    await expect.poll(() => saveState(editor)).toBe("not saved to a file");
    await project.kill();
    await page.locator('.device[data-connection="offline"]').waitFor();
    await editor.instruction().fill("add a dog");
    expect(await saveState(editor)).toBe("waiting for the server");
    await project.start();
    await expect.poll(() => saveState(editor)).toBe("not saved to a file");
    const second = await openEditorPage(browser, project.url);
    expect(await second.instruction().inputValue()).toBe("add a dog");
  });

  test("a run whose server is lost is not called cancelled, and goes on when it is back", async () => {
    const { node, page } = editor;
    await node("sample").locator(".node-header").click();
    await page.getByRole("textbox", { name: "steps" }).fill("100");
    await page.keyboard.press("Control+Enter");
    const running = page.locator('[data-node="sample"][data-status="running"]');
    await running.waitFor({ timeout: runTimeoutMs });
    await project.kill();
    await page.locator('.device[data-connection="offline"]').waitFor();
    const card = page.locator(".run-card");
    expect(await card.textContent()).not.toContain("cancelled");
    await page.keyboard.press("Shift+Escape");
    await page.getByRole("alert").filter({ hasText: "server" }).waitFor();
    await project.start();
    await page.locator('.device[data-connection="online"]').waitFor();
    await running.waitFor({ timeout: runTimeoutMs });
    expect(await card.count()).toBe(1);
    await page.keyboard.press("Shift+Escape");
    await page.locator('.run-card[data-phase="cancelled"]').waitFor();
  });

  test("what was typed is there after a reload in the middle of it", async () => {
    const { page } = editor;
    await editor.instruction().fill("");
    await editor.instruction().pressSequentially("add a cat and a dog");
    await page.reload();
    await editor.node("instruction").waitFor();
    expect(await editor.instruction().inputValue()).toBe("add a cat and a dog");
    expect(editor.faults).toEqual([]);
  });

  test("results stay with their document: a copy shows none of them, after a reload neither", async () => {
    const { node, page } = editor;
    await node("sample").locator(".node-header").click();
    await page.getByRole("textbox", { name: "steps" }).fill("2");
    await editor.run();
    expect(await node("decode").getAttribute("data-status")).toBe("done");
    const copy = await readFile(path.join(project.graphs, "insightedit.json"), "utf8");
    await openFile(editor, "copy.json", copy);
    await expect.poll(() => tabs(editor).count()).toBe(2);
    const showsNone = async () => {
      await node("decode").waitFor();
      expect(await node("decode").getAttribute("data-status")).toBe("idle");
      expect(await page.locator(".run-card").count()).toBe(0);
      expect(await page.locator('.compare-picture[alt="result"]').count()).toBe(0);
    };
    await showsNone();
    await page.reload();
    await showsNone();
    await tabs(editor).first().click();
    await expect.poll(() => page.locator(".run-card").count()).toBe(1);
    expect(await node("decode").getAttribute("data-status")).toBe("done");
    expect(editor.faults).toEqual([]);
  });

  test("two windows show one graph, whoever edits it, and say that there are two", async () => {
    const second = await openEditorPage(browser, project.url);
    await expect.poll(() => editor.page.locator(".tab-windows").textContent()).toBe("2");
    await editor.instruction().fill("add a cat");
    await expect.poll(() => second.instruction().inputValue()).toBe("add a cat");
    await second.instruction().fill("add a dog");
    await expect.poll(() => editor.instruction().inputValue()).toBe("add a dog");
    await editor.node("sample").locator(".node-header").click();
    await editor.page.keyboard.press("Control+z");
    await expect.poll(() => second.instruction().inputValue()).toBe("add a cat");
    await second.page.close();
    await expect.poll(() => editor.page.locator(".tab-windows").count()).toBe(0);
  });

  test("another graph opens beside, and each tab keeps its own edits and steps", async () => {
    const { page } = editor;
    await editor.instruction().fill("add a cat");
    const other = await readFile(path.join(project.graphs, "insightedit.json"), "utf8");
    await openFile(editor, "mine.json", other.replace("turn the apple blue", "add a hat"));
    await expect.poll(() => tabs(editor).count()).toBe(2);
    await expect.poll(() => editor.instruction().inputValue()).toBe("add a hat");
    expect(await page.getByRole("button", { name: /^Undo/ }).isDisabled()).toBe(true);
    await editor.shoot("tabs");
    await tabs(editor).first().click();
    await expect.poll(() => editor.instruction().inputValue()).toBe("add a cat");
    expect(await page.getByRole("button", { name: /^Undo/ }).isDisabled()).toBe(false);
  });

  test("save writes the served file; another name is asked for, and taken ones are kept", async () => {
    const { page } = editor;
    const served = () => readFile(path.join(project.graphs, "insightedit.json"), "utf8");
    const before = await served();
    await page.keyboard.press("Control+s");
    await page.locator(".notice").waitFor();
    expect(await served()).toBe(before);
    await editor.instruction().fill("add a cat");
    await page.keyboard.press("Control+s");
    await expect.poll(served).toContain("add a cat");
    await expect.poll(() => saveState(editor)).toBe("saved");
    expect(await page.locator(".notice").textContent()).toContain("insightedit.json");

    const kept = await readFile(path.join(project.graphs, "train-mini.json"), "utf8");
    await page.keyboard.press("Control+Shift+s");
    await page.getByLabel("File in the workspace").fill("train-mini.json");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("button", { name: "Replace it" }).waitFor();
    await editor.shoot("save-as");
    expect(await readFile(path.join(project.graphs, "train-mini.json"), "utf8")).toBe(kept);
    await page.getByLabel("File in the workspace").fill("mine.json");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.locator(".dialog").waitFor({ state: "detached" });
    expect(await readFile(path.join(project.graphs, "mine.json"), "utf8")).toContain("add a cat");
    expect(await tabs(editor).first().textContent()).toBe("mine");
  });

  test("closing asks where changes are in no file", async () => {
    const { page } = editor;
    await editor.instruction().fill("add a cat");
    await expect.poll(() => saveState(editor)).toBe("not saved to a file");
    await page.getByTitle("Close insightedit").click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    expect(await editor.instruction().inputValue()).toBe("add a cat");
    await page.getByRole("button", { name: "New graph" }).click();
    await expect.poll(() => tabs(editor).count()).toBe(2);
    await tabs(editor).last().press("Delete");
    await expect.poll(() => tabs(editor).count()).toBe(1);
    await expect.poll(() => editor.instruction().inputValue()).toBe("add a cat");
  });
});
