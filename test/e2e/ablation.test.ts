import { readFile } from "node:fs/promises";
import type { Browser, Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { loadAxe, violations } from "./axe-violations.ts";
import { type EditorPage, openEditorPage, runTimeoutMs } from "./editor-page.ts";
import { isBrowserMissing, serveEditor } from "./serve-editor.ts";
import type { ServedProject } from "./serve-project.ts";

const link = (node: string, output: string) => ({ node, output });

/** Makes a scene so small, and as large as before; no network takes part. */
const resizing = {
  format: "insightgraph",
  version: 1,
  name: "Resizing",
  nodes: {
    scene: { type: "evaluation.held-out-scene", version: 1 },
    small: {
      type: "image.resize",
      version: 1,
      params: { width: 64, height: 64 },
      inputs: { image: link("scene", "source") },
    },
    large: {
      type: "image.resize",
      version: 1,
      params: { width: 128, height: 128 },
      inputs: { image: link("small", "image") },
    },
    psnr: {
      type: "metric.psnr",
      version: 1,
      params: { cap: 60 },
      inputs: { image: link("large", "image"), reference: link("scene", "source") },
    },
  },
  inputs: { scene: { node: "scene", param: "scene" } },
  outputs: {
    "PSNR ↑": link("psnr", "score"),
    source: link("scene", "source"),
    edit: link("large", "image"),
  },
};

const variants = [16, 64, 128].map((width) => ({
  name: `width ${width}`,
  changes: [{ node: "small", params: { width, height: width } }],
}));
const ablated = { ...resizing, ablation: { axes: [{ name: "width", variants }] } };

async function openGraph({ page, node }: EditorPage, graph: object): Promise<void> {
  const asked = page.waitForEvent("filechooser");
  await page.keyboard.press("Control+o");
  const buffer = Buffer.from(JSON.stringify(graph));
  await (await asked).setFiles({ name: "resizing.json", mimeType: "application/json", buffer });
  await node("psnr").waitFor();
}

/** The mean of each row. */
async function meansOf(table: Locator): Promise<number[]> {
  const cells = await table.locator("tbody tr > td:nth-of-type(1)").allTextContents();
  return cells.map(Number.parseFloat);
}

/** Runs the ablation of the page's graph on so many items. */
async function runAblation(page: Page, items: number): Promise<void> {
  await page.keyboard.press("x");
  await page.getByLabel("How many items").fill(String(items));
  await page.getByRole("button", { name: "Run the ablation" }).click();
}

/** In both themes. */
async function expectAccessible({ page }: EditorPage): Promise<void> {
  await loadAxe(page);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    expect(await violations(page)).toEqual([]);
  }
}

const state = (page: Page) => page.locator(".ablation [data-state]").getAttribute("data-state");
const isDone = (page: Page) =>
  expect.poll(() => state(page), { timeout: runTimeoutMs }).toBe("done");

describe.skipIf(isBrowserMissing)("ablations", { timeout: runTimeoutMs * 2 }, () => {
  let browser: Browser;
  let project: ServedProject;
  let editor: EditorPage;

  serveEditor({ server: "test", page: "test" }, (served) => {
    ({ browser, project, editor } = served);
  });

  test("variants are added, arranged and looked at, and stay in the one graph", async () => {
    const { page, node } = editor;
    await openGraph(editor, resizing);
    await node("small").locator(".node-header").click();
    await page.locator(".add-variant summary").click();
    await page.getByRole("textbox", { name: "Value in the variant: width" }).fill("16");
    await page.keyboard.press("Tab");
    await page.locator(".add-variant").getByRole("button", { name: "Add a variant" }).click();
    await page.locator(".notice", { hasText: "width 16" }).waitFor();
    await node("small").locator(".node-header").click();
    await page.keyboard.press("Shift+B");
    await page.keyboard.press("x");
    const sheet = page.locator(".ablation");
    const rows = sheet.locator(".cell-matrix tbody tr");
    await expect.poll(() => rows.count()).toBe(2);
    await sheet.getByText("4 cells", { exact: true }).waitFor();
    await sheet.getByRole("textbox", { name: "Name of the variant: with Resize" }).fill("kept");
    await page.keyboard.press("Enter");
    await sheet.getByRole("button", { name: "Compare with “width 16, kept”" }).click();
    await sheet.getByRole("checkbox", { name: "Include “width 64, without Resize”" }).click();
    await sheet.getByText("3 of 4 cells").waitFor();
    await editor.shoot("ablation-variants");
    await expectAccessible(editor);
    await sheet.getByRole("button", { name: "Show the graph as “width 16, without" }).click();
    await page.locator('[data-node="small"][data-status="bypassed"]').waitFor();
    await node("small").locator(".node-header").click();
    await page.keyboard.press("Delete");
    await page.locator(".notice", { hasText: "Go back to the graph" }).waitFor();
    await editor.shoot("ablation-shown-variant");
    await page.keyboard.press("Shift+X");
    await page.locator('[data-node="small"]:not([data-status="bypassed"])').waitFor();
    // Another window, and a reload, show the same variants; undo takes back the last edit.
    const other = await openEditorPage(browser, project.url);
    await other.page.getByRole("tab", { name: /resizing/ }).click();
    await other.page.keyboard.press("x");
    await other.page.getByText("3 of 4 cells").waitFor();
    await page.keyboard.press("Control+z");
    await other.page.getByText("4 cells", { exact: true }).waitFor();
    await page.reload();
    await node("psnr").waitFor();
    await page.keyboard.press("x");
    await sheet.getByRole("textbox", { name: "Name of the variant: kept" }).waitFor();
    await sheet.getByRole("button", { name: "Remove the axis “Resize”" }).click();
    await sheet.getByText("2 cells", { exact: true }).waitFor();
    expect(editor.faults).toEqual([]);
  });

  test("an ablation goes on after kill -9; numbers open pictures, and a click changes the baseline", async () => {
    const { page } = editor;
    await openGraph(editor, ablated);
    await runAblation(page, 16);
    const progress = page.locator(".ablation progress");
    await expect
      .poll(() => progress.getAttribute("value"), { timeout: runTimeoutMs })
      .not.toBe("0");
    await project.restart();
    await page.reload();
    await page.locator(".node").first().waitFor();
    await page.keyboard.press("x");
    await page.getByRole("button", { name: "Results" }).click();
    await isDone(page);
    const table = page.locator(".score-table");
    expect(await table.locator("tbody th").allTextContents()).toEqual([
      ...["width 16★baseline", "width 64☆", "width 128☆"],
    ]);
    expect(await table.textContent()).toContain("n = 16");
    // A picture that keeps its size is as it was: each row has its own variant's numbers.
    const [narrow = 0, wide = 0, same] = await meansOf(table);
    expect(narrow).toBeLessThan(wide);
    expect(wide).toBeLessThan(60);
    expect(same).toBe(60);
    await table.getByRole("button", { name: /behind PSNR ↑ of “width 64”/ }).click();
    const pictures = page.locator(".item-row").first().locator("img");
    await expect.poll(() => pictures.count()).toBe(3);
    await expect
      .poll(() => pictures.first().evaluate((image) => (image as HTMLImageElement).naturalWidth))
      .toBe(128);
    await page.locator(".interval-plot svg").first().waitFor();
    await editor.shoot("ablation-results");
    await expectAccessible(editor);
    await table.getByRole("button", { name: "Compare all with “width 128”" }).click();
    await expect.poll(() => table.locator("tbody th").first().textContent()).toContain("128★");
    expect((await meansOf(table))[0]).toBe(60);
    const begun = page.waitForEvent("download");
    await page.getByRole("link", { name: "Markdown" }).click();
    const text = await readFile(await (await begun).path(), "utf8");
    expect(text).toMatch(/^\| variant \| PSNR ↑ \|/);
    expect(text).toContain('difference to "width 128"');
    // The browser reports each try to reach a server that is away.
    expect(editor.faults.filter((fault) => !/WebSocket|Failed to load/.test(fault))).toEqual([]);
  });

  test("people vote blind by keys, and see scores and agreement", async () => {
    const { page } = editor;
    await openGraph(editor, ablated);
    await runAblation(page, 2);
    await isDone(page);
    await page.getByRole("button", { name: "Votes" }).click();
    await page.getByLabel("Your name").fill("Ada");
    await page.getByRole("button", { name: "Vote", exact: true }).click();
    const pair = page.locator(".voted-pair");
    await pair.waitFor();
    expect(await page.locator(".booth").textContent()).not.toContain("width");
    await editor.shoot("ablation-votes");
    await expectAccessible(editor);
    const shown = () =>
      pair.locator("img").evaluateAll((images) => images.map((image) => image.getAttribute("src")));
    for (const key of ["1", "2", "0", "1", "2", "0"]) {
      const before = await shown();
      await page.keyboard.press(key);
      await expect.poll(shown).not.toEqual(before);
    }
    await page.getByText("You have voted on every pair.").waitFor();
    await page.getByText("6 votes").waitFor();
    await page.getByText(/Ada and PSNR ↑ agree on/).waitFor();
    expect(editor.faults).toEqual([]);
  });

  test("very many runs are asked about first", async () => {
    const { page } = editor;
    await openGraph(editor, ablated);
    await runAblation(page, 4000);
    await page.getByText("These are 12000 runs.").waitFor();
    await page.getByRole("button", { name: "Begin all of them" }).waitFor();
    expect(await page.locator(".score-table").count()).toBe(0);
    expect(editor.faults).toEqual([]);
  });
});
