import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium } from "../../packages/app/src/find-chromium.ts";
import { type EditorPage, launchBrowser, openEditorPage, runTimeoutMs } from "./editor-page.ts";
import { type ServedProject, serveProject } from "./serve-project.ts";

const chromium = findChromium();

// Without an installed browser there is nothing to test with; INSIGHTGRAPH_CHROMIUM names one.
describe.skipIf(chromium === undefined)("small screens", { timeout: runTimeoutMs }, () => {
  let project: ServedProject;
  let browser: Browser;
  let editor: EditorPage;

  beforeAll(async () => {
    browser = await launchBrowser(chromium ?? "");
    project = await serveProject();
    editor = await openEditorPage(browser, project.url);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await project?.stop();
  });

  test.each([
    [390, 844],
    [360, 740],
    [800, 600],
  ])("at %i px Run is in reach, and the whole graph stays in sight", async (width, height) => {
    const { page } = editor;
    await page.setViewportSize({ width, height });
    const run = page.getByRole("button", { name: /^Run(?!s)/ });
    await expect.poll(async () => (await run.boundingBox())?.x ?? width).toBeLessThan(width - 50);
    const box = await run.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
    expect(box?.height).toBeGreaterThanOrEqual(24);
    await editor.shoot(`small-${width}`);
  });

  test("a graph that was fitted is fitted again when the window changes", async () => {
    const { page } = editor;
    const zoom = page.locator(".canvas-zoom");
    await page.setViewportSize({ width: 800, height: 600 });
    await page.keyboard.press("f");
    const small = await zoom.textContent();
    await page.setViewportSize({ width: 1440, height: 900 });
    await expect.poll(() => zoom.textContent()).not.toBe(small);
    await page.getByRole("button", { name: "Zoom in" }).click();
    const chosen = await zoom.textContent();
    await page.setViewportSize({ width: 1200, height: 800 });
    expect(await zoom.textContent()).toBe(chosen);
  });
});
