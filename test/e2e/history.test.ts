import { describe, expect, test } from "vitest";
import { type EditorPage, runTimeoutMs } from "./editor-page.ts";
import { isBrowserMissing, serveEditor } from "./serve-editor.ts";
import type { ServedProject } from "./serve-project.ts";

describe.skipIf(isBrowserMissing)("the history", { timeout: runTimeoutMs * 2 }, () => {
  let project: ServedProject;
  let editor: EditorPage;

  serveEditor({ server: "test", page: "test" }, (served) => {
    ({ project, editor } = served);
  });

  test("runs queue up, stay across restarts, and can be filtered, opened and deleted", async () => {
    const { page } = editor;
    await page.keyboard.press("Control+Enter");
    await editor.instruction().fill("remove the apple");
    await page.keyboard.press("Control+Enter");
    await page
      .locator('.run-card:not([data-phase="queued"], [data-phase="running"])')
      .nth(1)
      .waitFor({
        timeout: runTimeoutMs,
      });
    await project.restart();
    await page.goto(project.url);
    await page.locator(".run-card").nth(1).waitFor();
    await page.getByRole("button", { name: "All runs" }).click();
    const rows = page.locator(".history-row");
    await expect.poll(() => rows.count()).toBe(2);
    expect(await rows.first().locator("img").count()).toBe(1);
    expect(await rows.first().textContent()).toMatch(/Saved: edited-2\.png/);
    expect(await rows.last().textContent()).toMatch(/Saved: edited\.png/);
    await editor.shoot("history");
    await rows.first().getByRole("button", { name: /^Keep/ }).click();
    await rows.first().locator('[aria-pressed="true"]').waitFor();
    await rows.last().getByRole("button", { name: "Rename" }).click();
    await page.getByRole("textbox", { name: "Rename" }).fill("the blue one");
    await page.keyboard.press("Enter");
    await expect.poll(() => rows.last().textContent()).toMatch(/^the blue one/);
    await page.getByRole("searchbox", { name: "Filter runs" }).fill("apple remove");
    await expect.poll(() => rows.count()).toBe(1);
    await rows
      .first()
      .getByRole("button", { name: /^Delete/ })
      .click();
    await page.getByRole("searchbox", { name: "Filter runs" }).fill("");
    await expect.poll(() => rows.count()).toBe(1);
    await rows
      .first()
      .getByRole("button", { name: /^Open its graph/ })
      .click();
    await page.locator(".dialog").waitFor({ state: "detached" });
    await expect.poll(() => editor.instruction().inputValue()).toBe("turn the apple blue");
    // The browser reports each try to reach a server that is away.
    expect(editor.faults.filter((fault) => !fault.startsWith("WebSocket"))).toEqual([]);
  });

  test("a paused queue waits, and its order can be changed", async () => {
    const { page } = editor;
    await page.keyboard.press("h");
    await page.getByRole("button", { name: "Pause the queue" }).click();
    await page.getByRole("button", { name: "Let the queue go on" }).waitFor();
    await page.keyboard.press("Escape");
    for (const words of ["add a cat", "add a dog"]) {
      await editor.instruction().fill(words);
      await page.keyboard.press("Control+Enter");
    }
    await expect.poll(() => page.locator('.run-card[data-phase="queued"]').count()).toBe(2);
    await editor.node("sample").locator(".node-header").click();
    await page.keyboard.press("h");
    const earlier = page.getByRole("button", { name: /^Earlier/ });
    expect(await earlier.getAttribute("aria-label")).toContain("dog");
    await earlier.click();
    await expect.poll(() => earlier.getAttribute("aria-label")).toContain("cat");
    await editor.shoot("queue");
    await page.getByRole("button", { name: "Let the queue go on" }).click();
    await page.keyboard.press("Escape");
    const over = page.locator('.run-card:not([data-phase="queued"], [data-phase="running"])');
    await over.nth(1).waitFor({ timeout: runTimeoutMs });
    expect(editor.faults).toEqual([]);
  });
});
