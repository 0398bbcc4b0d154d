import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runTimeoutMs } from "./editor-page.ts";
import { isBrowserMissing, launchForFile, serveEditor } from "./serve-editor.ts";
import { type ServedProject, serveProject } from "./serve-project.ts";

/** The size of the smallest text of the nodes in sight, in px of the screen. */
function smallestText(page: Page): Promise<number> {
  return page.evaluate(() => {
    const zoom = Number.parseFloat(document.querySelector(".canvas-zoom")?.textContent ?? "") / 100;
    const texts = [...document.querySelectorAll(".node *")].filter(({ childNodes }) =>
      [...childNodes].some(({ nodeType, textContent }) => nodeType === 3 && textContent?.trim()),
    );
    const sizes = texts.map((element) => Number.parseFloat(getComputedStyle(element).fontSize));
    return Math.min(...sizes) * zoom;
  });
}

describe.skipIf(isBrowserMissing)("the first view", { timeout: runTimeoutMs }, () => {
  let project: ServedProject;
  let browser: Browser;

  serveEditor({ server: "file", page: "file" }, (served) => {
    ({ browser, project } = served);
  });

  test.each([
    [1440, 900],
    [1920, 1080],
    [800, 600],
    [390, 844],
  ])("at %i x %i nodes can be read, and the instruction is in sight", async (width, height) => {
    const page = await browser.newPage({ viewport: { width, height } });
    await page.goto(project.url);
    const instruction = page.locator('[data-node="instruction"]');
    await instruction.waitFor();
    await expect.poll(() => smallestText(page)).toBeGreaterThanOrEqual(11);
    const [node, canvas] = [
      await instruction.boundingBox(),
      await page.locator(".canvas").boundingBox(),
    ];
    if (node === null || canvas === null) throw new Error("the canvas is not drawn");
    expect(node.x).toBeGreaterThanOrEqual(canvas.x);
    expect(node.y).toBeGreaterThanOrEqual(canvas.y);
    expect(node.x + node.width).toBeLessThanOrEqual(canvas.x + canvas.width);
    expect(node.y + node.height).toBeLessThanOrEqual(canvas.y + canvas.height);
    await page.close();
  });

  test("Fit stops at 70 %, and shows the whole graph when it is pressed again", async () => {
    const page = await browser.newPage({ viewport: { width: 800, height: 600 } });
    await page.goto(project.url);
    await page.locator(".node").first().waitFor();
    const zoom = page.locator(".canvas-zoom");
    const fit = page.getByRole("button", { name: "Fit", exact: true });
    await fit.click();
    await expect.poll(() => zoom.textContent()).toBe("70 %");
    await fit.click();
    await expect
      .poll(async () => Number.parseFloat((await zoom.textContent()) ?? ""))
      .toBeLessThan(70);
    await page.close();
  });
});

describe.skipIf(isBrowserMissing)("a graph of 300 nodes", { timeout: runTimeoutMs }, () => {
  const count = 300;
  const nodes = Object.fromEntries(
    Array.from({ length: count }, (_, at) => {
      const ui = { x: (at % 20) * 280, y: Math.floor(at / 20) * 200 };
      return [`resize-${at}`, { type: "image.resize", version: 1, ui }] as const;
    }),
  );
  let browser: Browser;
  let project: ServedProject;

  launchForFile((launched) => {
    browser = launched;
  });
  beforeAll(async () => {
    project = await serveProject(JSON.stringify({ format: "insightgraph", version: 1, nodes }));
  }, runTimeoutMs);
  afterAll(() => project?.stop());

  test("draws at most two elements for a node that is out of sight, or too far to be read", async () => {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(project.url);
    const shown = page.locator(".canvas-area .node");
    await shown.first().waitFor();
    // What one node takes where it is read, times those in sight, is not for the others.
    const elements = () => page.locator(".canvas-area *").count();
    const perNode = await shown.first().locator("xpath=..").locator("xpath=.//*").count();
    const near = await shown.count();
    expect(near).toBeLessThan(count / 4);
    expect((await elements()) - near * (perNode + 1)).toBeLessThanOrEqual(2 * (count - near));
    const fit = page.getByRole("button", { name: "Fit", exact: true });
    await fit.click();
    await fit.click();
    await expect.poll(() => shown.count()).toBe(0);
    expect(await elements()).toBeLessThanOrEqual(2 * count);
    await page.close();
  });
});
