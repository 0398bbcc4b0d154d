import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { type EditorPage, openEditorPage, runTimeoutMs } from "./editor-page.ts";
import { isBrowserMissing, type ServedEditor, serveEditor } from "./serve-editor.ts";

const text = "| metric | value |\n|---|---|\n| PSNR, dB | 21.3 |\n| SSIM | 0.92 |\n";
const graph = JSON.stringify({
  format: "insightgraph",
  version: 1,
  nodes: { words: { type: "text.value", version: 1, params: { text } } },
  outputs: { table: { node: "words", output: "text" } },
});

/** As small as a training can be, and longer than the test takes. */
const training = JSON.stringify({
  format: "insightgraph",
  version: 1,
  nodes: {
    train: {
      type: "train.insightedit",
      version: 3,
      params: {
        ...{ size: "nano", batch: 1, visionSteps: 100_000 },
        ...{ alignmentSteps: 0, editingSteps: 0, decodingSteps: 0 },
      },
    },
  },
  outputs: { log: { node: "train", output: "log" } },
});

describe.skipIf(isBrowserMissing)("tables", { timeout: runTimeoutMs }, () => {
  let served: ServedEditor;
  let editor: EditorPage;

  serveEditor({ server: "file", page: "file" }, (started) => {
    served = started;
    ({ editor } = started);
  });

  const open = async (text: string, { page } = editor) => {
    const asked = page.waitForEvent("filechooser");
    await page.keyboard.press("Control+o");
    const file = { name: "t.json", mimeType: "application/json", buffer: Buffer.from(text) };
    await (await asked).setFiles(file);
  };

  test("the losses of a training are drawn while it trains", async () => {
    const { page } = editor;
    await open(training);
    await editor.node("train").waitFor();
    await page.keyboard.press("Control+Enter");
    await page.keyboard.press("t");
    const rows = page.locator(".tables tbody tr");
    await expect.poll(() => rows.count(), { timeout: runTimeoutMs }).toBeGreaterThan(2);
    const drawn = page.getByRole("img", { name: /loss over step/ }).locator("svg");
    await drawn.waitFor();
    const points = () => drawn.locator("circle").count();
    const before = await points();
    await expect.poll(points, { timeout: runTimeoutMs }).toBeGreaterThan(before);
    await editor.shoot("live-losses");
    await page.keyboard.press("Escape");
    await editor.node("train").locator(".node-curve polyline").waitFor();
    await page.keyboard.press("Shift+Escape");
    await page.locator('.run-card[data-phase="cancelled"]').waitFor();
    expect(editor.faults).toEqual([]);
  });

  test("a table that a run gave is sorted, filtered and exported", async () => {
    const { page } = editor;
    await open(graph);
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

  test("a plot that cannot be loaded says so, beside its numbers", async () => {
    const other = await openEditorPage(served.browser, served.project.url);
    await open(graph, other);
    await other.node("words").waitFor();
    await other.page.route("**/assets/*.js", (route) => route.abort());
    await other.run();
    await other.page.keyboard.press("t");
    await other.page.locator(".tables tbody tr").first().waitFor();
    await other.page.getByText("The plot could not be loaded.").waitFor();
    expect(await other.page.locator(".tables tbody tr").count()).toBe(2);
    expect(other.faults.filter((fault) => !/Failed to load resource/.test(fault))).toEqual([]);
  });
});
