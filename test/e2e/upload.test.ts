import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type EditorPage, runTimeoutMs } from "./editor-page.ts";
import { isBrowserMissing, serveEditor } from "./serve-editor.ts";

const sample = new URL("../../graphs/samples/bee-tree-penguin.png", import.meta.url);

/** Four pixels, which no browser can show by itself. */
const tinyTiff = Buffer.from(
  "SUkqABQAAAD6AAAA+gAAAPoJCQkPAAABAwABAAAAAgAAAAEBAwABAAAAAgAAAAIBAwADAAAA3gAAAAMBAwABAAAAAQAAAAYBAwABAAAAAgAAABEBBAABAAAACAAAABIBAwABAAAAAQAAABUBAwABAAAAAwAAABYBAwABAAAAAAEAABcBBAABAAAADAAAABoBBQABAAAAzgAAABsBBQABAAAA1gAAABwBAwABAAAAAQAAACgBAwABAAAAAgAAAFMBAwADAAAA5AAAAAAAAAAzM8sAAAAIADMzywAAAAgACAAIAAgAAQABAAEA",
  "base64",
);

describe.skipIf(isBrowserMissing)("uploads", { timeout: runTimeoutMs }, () => {
  let editor: EditorPage;

  serveEditor({ server: "file", page: "test" }, (served) => {
    ({ editor } = served);
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
