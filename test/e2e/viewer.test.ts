import { readFile } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { graphKeyword, readPngText } from "../../packages/engine/src/png.ts";
import { type EditorPage, openEditorPage, runTimeoutMs } from "./editor-page.ts";
import { isBrowserMissing, launchForFile, serveEditor } from "./serve-editor.ts";
import { type ServedProject, serveProject } from "./serve-project.ts";

describe.skipIf(isBrowserMissing)("the viewer", { timeout: runTimeoutMs }, () => {
  let editor: EditorPage;

  serveEditor({ server: "file", page: "file" }, async (served) => {
    ({ editor } = served);
    await editor.run();
    await editor.page.keyboard.press("v");
    await editor.page.locator(".viewer .histogram").nth(1).waitFor();
  });

  test("source and result lie under a line, with histograms and the pixel pointed at", async () => {
    const { page } = editor;
    expect(await page.locator(".stage-layer").count()).toBe(2);
    expect(await page.getByLabel("First picture").inputValue()).toMatch(/source$/);
    expect(await page.getByLabel("Second picture").inputValue()).toMatch(/result$/);
    const line = page.getByRole("slider", { name: "Line between the two pictures" });
    await line.focus();
    await page.keyboard.press("Home");
    expect(await line.getAttribute("aria-valuenow")).toBe("0");
    const box = await page.locator(".stage").boundingBox();
    if (box === null) throw new Error("there is no stage");
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await expect
      .poll(() => page.locator(".viewer-pixel").first().textContent())
      .toMatch(/^#[0-9a-f]{6} · \d+, \d+, \d+ · x 1\d\d, y 1\d\d$/);
    await editor.shoot("viewer");
  });

  test("a wheel zooms, a drag moves, and the difference can be raised", async () => {
    const { page } = editor;
    const zoom = page.locator(".viewer-zoom span").first();
    const before = await zoom.textContent();
    const box = await page.locator(".stage").boundingBox();
    if (box === null) throw new Error("there is no stage");
    await page.mouse.move(box.x + 200, box.y + 200);
    await page.mouse.wheel(0, -600);
    await expect.poll(() => zoom.textContent()).not.toBe(before);
    const place = () => page.locator(".stage img").first().getAttribute("style");
    const still = await place();
    await page.mouse.down();
    await page.mouse.move(box.x + 260, box.y + 220, { steps: 3 });
    await page.mouse.up();
    expect(await place()).not.toBe(still);
    await page.getByRole("button", { name: "Fit", exact: true }).last().click();
    await page.getByRole("button", { name: "Difference", exact: true }).click();
    await page.getByRole("button", { name: "×16" }).click();
    expect(await page.locator(".stage").getAttribute("data-blend")).toBe("difference");
    await editor.shoot("viewer-difference");
    await page.getByRole("button", { name: "Side by side" }).click();
    expect(await page.locator(".stage").count()).toBe(2);
    await page.getByRole("button", { name: "Grid" }).click();
    expect(await page.locator(".viewer-tile").count()).toBeGreaterThan(3);
    await editor.shoot("viewer-grid");
    await page.locator(".viewer-tile").first().click();
    expect(await page.locator(".stage").count()).toBe(1);
  });

  test("a download carries the graph, and a picture becomes a node", async () => {
    const { page } = editor;
    const begun = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download with its graph" }).first().click();
    const file = await (await begun).path();
    const graph = await readPngText(new Uint8Array(await readFile(file)), graphKeyword);
    expect(JSON.parse(graph ?? "")).toMatchObject({ name: "InsightEdit" });
    const count = await page.locator(".node").count();
    await page.getByRole("button", { name: "Use in the graph" }).first().click();
    await page.locator(".node").nth(count).waitFor();
    expect(await page.locator(".node").nth(count).textContent()).toContain("edited.png");
    expect(editor.faults).toEqual([]);
  });
});

describe.skipIf(isBrowserMissing)("a list that no node saves", { timeout: runTimeoutMs }, () => {
  const nodes = {
    source: { type: "image.load", version: 1, params: { path: "samples/coffee.jpg" } },
    small: {
      type: "image.resize",
      version: 1,
      params: { width: 32, height: 32 },
      inputs: { image: { node: "source", output: "image" } },
    },
    many: {
      type: "list.repeat",
      version: 1,
      params: { count: 130 },
      inputs: { item: { node: "small", output: "image" } },
    },
  };
  const outputs = { many: { node: "many", output: "list" } };
  const graph = { format: "insightgraph", version: 1, nodes, outputs };

  let browser: Browser;
  let project: ServedProject;
  launchForFile((launched) => {
    browser = launched;
  });
  beforeAll(async () => {
    project = await serveProject(JSON.stringify(graph));
  }, runTimeoutMs);
  afterAll(() => project?.stop());

  test("is paged through in the grid, which says how many of its pictures came", async () => {
    const editor = await openEditorPage(browser, project.url);
    const { page } = editor;
    await editor.run();
    await page.keyboard.press("v");
    await page.getByRole("button", { name: "Grid" }).click();
    const choice = page.getByRole("combobox", { name: "Pictures in the grid" });
    const option = choice.getByRole("option", { name: /^Repeat · list · .* \(100 of 130\)$/ });
    await choice.selectOption({ label: (await option.textContent()) ?? "" });
    await page.getByText("1 to 60 of 130").waitFor();
    expect(await page.locator(".viewer-tile").count()).toBe(60);
    await page.getByText("100 of 130 pictures came with the run.").waitFor();
    await editor.shoot("viewer-list");
    await page.getByRole("button", { name: "Next page" }).click();
    await page.getByText("61 to 100 of 130").waitFor();
    expect(await page.getByRole("button", { name: "Next page" }).isDisabled()).toBe(true);
    await page.locator(".viewer-tile").last().click();
    await expect
      .poll(() => page.getByLabel("First picture").locator("option:checked").textContent())
      .toMatch(/100 of 130$/);
    expect(editor.faults).toEqual([]);
  });
});
