import { describe, expect, test } from "vitest";
import { type EditorPage, runTimeoutMs } from "./editor-page.ts";
import { isBrowserMissing, serveEditor } from "./serve-editor.ts";

describe.skipIf(isBrowserMissing)("small screens", { timeout: runTimeoutMs }, () => {
  let editor: EditorPage;

  serveEditor({ server: "file", page: "file" }, (served) => {
    ({ editor } = served);
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
