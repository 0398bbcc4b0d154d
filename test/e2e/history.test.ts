import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { findChromium } from "../../packages/app/src/find-chromium.ts";
import { type EditorPage, launchBrowser, openEditorPage, runTimeoutMs } from "./editor-page.ts";
import { type ServedProject, serveProject } from "./serve-project.ts";

const chromium = findChromium();

// Without an installed browser there is nothing to test with; INSIGHTGRAPH_CHROMIUM names one.
describe.skipIf(chromium === undefined)("the history", { timeout: runTimeoutMs * 2 }, () => {
  let project: ServedProject;
  let browser: Browser;
  let editor: EditorPage;

  beforeAll(async () => {
    browser = await launchBrowser(chromium ?? "");
  }, 60_000);

  beforeEach(async () => {
    project = await serveProject();
    editor = await openEditorPage(browser, project.url);
  }, 60_000);

  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await project.stop();
  });

  afterAll(() => browser?.close());

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
    expect(await editor.instruction().inputValue()).toBe("turn the apple blue");
    // The browser reports each try to reach a server that is away.
    expect(editor.faults.filter((fault) => !fault.startsWith("WebSocket"))).toEqual([]);
  });
});
