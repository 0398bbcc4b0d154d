import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { findChromium } from "../../packages/app/src/find-chromium.ts";
import { type EditorPage, launchBrowser, openEditorPage, runTimeoutMs } from "./editor-page.ts";
import { type ServedProject, serveProject } from "./serve-project.ts";

const chromium = findChromium();
const sample = new URL("../../graphs/samples/bee-tree-penguin.png", import.meta.url);

/** Four pixels, which no browser can show by itself. */
const tinyTiff = Buffer.from(
  "SUkqABQAAAD6AAAA+gAAAPoJCQkPAAABAwABAAAAAgAAAAEBAwABAAAAAgAAAAIBAwADAAAA3gAAAAMBAwABAAAAAQAAAAYBAwABAAAAAgAAABEBBAABAAAACAAAABIBAwABAAAAAQAAABUBAwABAAAAAwAAABYBAwABAAAAAAEAABcBBAABAAAADAAAABoBBQABAAAAzgAAABsBBQABAAAA1gAAABwBAwABAAAAAQAAACgBAwABAAAAAgAAAFMBAwADAAAA5AAAAAAAAAAzM8sAAAAIADMzywAAAAgACAAIAAgAAQABAAEA",
  "base64",
);

// Without an installed browser there is nothing to test with; INSIGHTGRAPH_CHROMIUM names one.
describe.skipIf(chromium === undefined)("uploads", { timeout: runTimeoutMs }, () => {
  let project: ServedProject;
  let browser: Browser;
  let editor: EditorPage;

  beforeAll(async () => {
    project = await serveProject();
    browser = await launchBrowser(chromium ?? "");
  }, 60_000);

  beforeEach(async () => {
    for (const context of browser.contexts()) await context.close();
    editor = await openEditorPage(browser, project.url);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await project?.stop();
  });

  test.each([
    ["PNG", fileURLToPath(sample), /\.png$/, 256],
    ["TIFF", { name: "scan.tiff", mimeType: "image/tiff", buffer: tinyTiff }, /\.png$/, 2],
  ])("an uploaded %s is shown instead of the sample", async (_format, file, ending, width) => {
    const { node } = editor;
    await node("source").locator('input[type="file"]').setInputFiles(file);
    await expect
      .poll(() => node("source").locator(".field-file-name").textContent())
      .toMatch(ending);
    await expect
      .poll(() =>
        node("source")
          .locator("img")
          .evaluate((image) => Reflect.get(image, "naturalWidth") as unknown),
      )
      .toBe(width);
    expect(await editor.source()).toContain("/api/files?path=");
    expect(editor.faults).toEqual([]);
  });

  test("a TIFF dropped on the canvas gets a node that loads it", async () => {
    const { page } = editor;
    const count = await page.locator(".node").count();
    const dropped = await page.evaluateHandle(
      (bytes) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([new Uint8Array(bytes)], "scan.tif", { type: "image/tiff" }));
        return transfer;
      },
      [...tinyTiff],
    );
    await page.dispatchEvent(".canvas", "drop", { dataTransfer: dropped });
    await page.locator(".node").nth(count).waitFor();
    const loaded = page.locator(".node").nth(count);
    expect(await loaded.locator(".field-file-name").textContent()).toMatch(/scan\.png$/);
    await expect
      .poll(() =>
        loaded.locator("img").evaluate((image) => Reflect.get(image, "naturalWidth") as unknown),
      )
      .toBe(2);
    expect(editor.faults).toEqual([]);
  });
});
