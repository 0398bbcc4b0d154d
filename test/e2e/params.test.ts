import { cp } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { type EditorPage, runTimeoutMs } from "./editor-page.ts";
import { isBrowserMissing, serveEditor } from "./serve-editor.ts";
import type { ServedProject } from "./serve-project.ts";

const shippedModel = fileURLToPath(
  new URL("../../packages/models/weights/insightedit-mini", import.meta.url),
);

describe.skipIf(isBrowserMissing)("fields of params", { timeout: runTimeoutMs }, () => {
  let project: ServedProject;
  let editor: EditorPage;

  serveEditor({ server: "file", page: "file" }, async (served) => {
    ({ project, editor } = served);
    await editor.page.getByRole("button", { name: "Skip" }).click();
    await editor.page.keyboard.press("f");
  });

  afterAll(() => expect(editor.faults).toEqual([]));

  const select = (id: string) => editor.node(id).locator(".node-header").click();

  test("models: what is installed, what can be added, and one is added with its progress", async () => {
    const { page } = editor;
    await cp(shippedModel, path.join(project.graphs, "my-model"), { recursive: true });
    await select("model");
    await page.getByRole("button", { name: "checkpoint: Choose a model…" }).click();
    const sheet = page.getByRole("dialog", { name: "Models" });
    await sheet.getByText("insightedit-mini", { exact: true }).waitFor();
    await sheet.getByText("licence: mit").first().waitFor();
    await sheet.getByRole("textbox").fill("dir:my-model");
    await sheet.getByRole("button", { name: "Add", exact: true }).last().click();
    const added = sheet.getByRole("button", { name: "Use my-model" });
    await added.waitFor({ timeout: 60_000 });
    await editor.shoot("models");
    await added.click();
    await page.locator("#param-model-checkpoint", { hasText: "my-model" }).waitFor();
    await page.keyboard.press("Control+z");
    await page.locator("#param-model-checkpoint", { hasText: "insightedit-mini" }).waitFor();
  });

  test("models: one that cannot be had says why", async () => {
    const { page } = editor;
    await page.getByRole("button", { name: "checkpoint: Choose a model…" }).click();
    const sheet = page.getByRole("dialog", { name: "Models" });
    await sheet.getByRole("textbox").fill("dir:/etc");
    await sheet.getByRole("button", { name: "Add", exact: true }).last().click();
    await sheet.getByText(/outside the folders/).waitFor();
    await page.keyboard.press("Escape");
  });

  test("paths: a file of the workspace is chosen, and nothing outside is offered", async () => {
    const { page } = editor;
    await select("source");
    await page.getByRole("button", { name: "path: Choose in the workspace…" }).click();
    const sheet = page.getByRole("dialog", { name: "Choose a file…" });
    await sheet.getByRole("button", { name: "samples/" }).click();
    await editor.shoot("paths");
    await sheet.getByRole("button", { name: "The folder around it" }).click();
    await sheet.getByRole("button", { name: "samples/" }).waitFor();
    expect(await sheet.getByRole("button", { name: "The folder around it" }).count()).toBe(0);
    await sheet.getByRole("button", { name: "samples/" }).click();
    await sheet
      .getByRole("button", { name: /\.png$/ })
      .last()
      .click();
    await page.locator('.save-state:has-text("not saved")').waitFor();
    await page.keyboard.press("Control+z");
  });

  test("the words that a model knows are shown beside its name", async () => {
    const { page } = editor;
    await select("model");
    const vocabulary = page.locator(".params .vocabulary");
    await vocabulary.getByText(/^Vocabulary: \d+ words$/).click();
    expect(await vocabulary.locator(".vocabulary-words").textContent()).toContain(" · apple · ");
  });

  test("seeds: locked ones stay, others are drawn for each run", async () => {
    const { page } = editor;
    await select("sample");
    const seed = page.locator("#param-sample-seed");
    const lock = page.getByRole("button", { name: "Keep the seed: seed" });
    const before = await seed.inputValue();
    await page.getByRole("button", { name: "Next seed" }).click();
    expect(await seed.inputValue()).toBe(String(Number(before) + 1));
    expect(await lock.getAttribute("aria-pressed")).toBe("true");
    await lock.click();
    await editor.run();
    const drawn = await seed.inputValue();
    expect(drawn).not.toBe(String(Number(before) + 1));
    await lock.click();
    await page.keyboard.press("Control+Enter");
    await page.keyboard.press("Shift+Escape");
    expect(await seed.inputValue()).toBe(drawn);
  });

  test("the dice draws a seed, and keeps it", async () => {
    const { page } = editor;
    await select("sample");
    const seed = page.locator("#param-sample-seed");
    const before = await seed.inputValue();
    await page.getByRole("button", { name: "New random seed", exact: true }).click();
    await expect.poll(() => seed.inputValue()).not.toBe(before);
    const drawn = await seed.inputValue();
    await page.reload();
    await select("sample");
    expect(await seed.inputValue()).toBe(drawn);
  });

  test("a text may have several lines", async () => {
    const { page } = editor;
    await select("instruction");
    const text = page.locator("#param-instruction-text");
    await text.fill("turn the apple blue");
    await text.press("End");
    await text.press("Enter");
    await page.keyboard.type("and add a hat");
    const lines = "turn the apple blue\nand add a hat";
    expect(await text.inputValue()).toBe(lines);
    await expect.poll(() => editor.instruction().inputValue()).toBe(lines);
  });

  test("a long list of choices is searched, also with a slip", async () => {
    const { page } = editor;
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Add a node…" }).click();
    await page.getByRole("combobox", { name: "Search nodes" }).fill("model.scheduler");
    await page.keyboard.press("Enter");
    const field = page.locator('.params [id$="-sampler"]');
    await field.click();
    const sheet = page.getByRole("dialog");
    await sheet.getByRole("combobox").fill("slover");
    await expect.poll(() => sheet.getByRole("option").first().textContent()).toMatch(/dpm-solver/);
    await page.keyboard.press("Enter");
    await expect.poll(() => field.textContent()).toMatch(/dpm-solver/);
  });

  test("colours are picked", async () => {
    const { page } = editor;
    await page.getByRole("button", { name: "Add a node…" }).click();
    await page.getByRole("combobox", { name: "Search nodes" }).fill("image.recolor");
    await page.keyboard.press("Enter");
    await page.getByLabel("colour: colour", { exact: true }).fill("#00ff00");
    await expect
      .poll(() => page.locator('textarea[id$="-colour"]').last().inputValue())
      .toBe("#00ff00");
  });
});
