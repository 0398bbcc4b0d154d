import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { type EditorPage, runTimeoutMs } from "./editor-page.ts";
import { isBrowserMissing, serveEditor } from "./serve-editor.ts";

const text = "| metric | value |\n|---|---|\n| PSNR, dB | 21.3 |\n| SSIM | 0.92 |\n";
const graph = JSON.stringify({
  format: "insightgraph",
  version: 1,
  nodes: { words: { type: "text.value", version: 1, params: { text } } },
  outputs: { table: { node: "words", output: "text" } },
});

describe.skipIf(isBrowserMissing)("tables", { timeout: runTimeoutMs }, () => {
  let editor: EditorPage;

  serveEditor({ server: "file", page: "file" }, (served) => {
    ({ editor } = served);
  });

  test("a table that a run gave is sorted, filtered and exported", async () => {
    const { page } = editor;
    const asked = page.waitForEvent("filechooser");
    await page.keyboard.press("Control+o");
    const file = { name: "t.json", mimeType: "application/json", buffer: Buffer.from(graph) };
    await (await asked).setFiles(file);
    await editor.node("words").waitFor();
    await editor.run();
    await page.keyboard.press("t");
    const firstCells = () => page.locator(".tables tbody tr td:first-child").allTextContents();
    expect(await firstCells()).toEqual(["PSNR, dB", "SSIM"]);
    await page.getByRole("button", { name: "value" }).click();
    expect(await firstCells()).toEqual(["SSIM", "PSNR, dB"]);
    await page.getByRole("img", { name: "value over metric" }).locator("svg").waitFor();
    await editor.shoot("tables");
    await page.getByRole("searchbox", { name: "Filter rows" }).fill("psnr");
    expect(await firstCells()).toEqual(["PSNR, dB"]);
    const begun = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download as CSV" }).click();
    const csv = await readFile(await (await begun).path(), "utf8");
    expect(csv).toBe('metric,value\r\n"PSNR, dB",21.3\r\n');
    expect(editor.faults).toEqual([]);
  });
});
