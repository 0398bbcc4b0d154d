import axe from "axe-core";
import { type CDPSession, devices, type Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { emptySpot, runTimeoutMs } from "./editor-page.ts";
import { isBrowserMissing, serveEditor } from "./serve-editor.ts";

/** What is too small for a finger, as WCAG 2.2 has it: 24 px, or as much room around it. */
async function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(`
    axe.run(document, { runOnly: ["target-size"], rules: { "target-size": { enabled: true } } })
      .then(({ violations }) => violations.flatMap(({ nodes }) => nodes.map(({ target, any }) =>
        target.join(" ") + ": " + any.map(({ message }) => message).join("; "))))
  `);
}

async function rest(touch: CDPSession, page: Page, x: number, y: number): Promise<void> {
  await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x, y }] });
  await page.getByRole("menu").waitFor();
  await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}

describe.skipIf(isBrowserMissing)("fingers on a phone", { timeout: runTimeoutMs }, () => {
  let page: Page;
  let touch: CDPSession;

  serveEditor({ server: "file", page: "file" }, async ({ browser, project }) => {
    const { userAgent: _, ...phone } = devices["Pixel 7"] ?? {};
    const context = await browser.newContext({ ...phone, viewport: { width: 390, height: 844 } });
    page = await context.newPage();
    touch = await context.newCDPSession(page);
    await page.goto(project.url);
    await page.locator(".node").first().waitFor();
    // The first steps take a row of their own.
    await page.getByRole("button", { name: "Skip" }).tap();
    await page.evaluate(axe.source);
  });

  test("a finger that rests on a node opens its menu, on the canvas its own; the node stays", async () => {
    const header = page.locator('[data-node="instruction"] .node-header');
    const place = await header.boundingBox();
    if (place === null) throw new Error("the node is out of sight");
    await rest(touch, page, place.x + place.width / 2, place.y + place.height / 2);
    await page.getByRole("menuitem", { name: /^Duplicate/ }).waitFor();
    expect(await smallTargets(page)).toEqual([]);
    await page.keyboard.press("Escape");
    expect(await header.boundingBox()).toEqual(place);
    const { x, y } = await emptySpot(page);
    await rest(touch, page, x, y);
    await page.getByRole("menuitem", { name: /^Fit/ }).waitFor();
    await page.keyboard.press("Escape");
  });

  test("two fingers zoom the canvas", async () => {
    const zoom = page.locator(".canvas-zoom");
    const before = await zoom.textContent();
    const at = (spread: number) => [
      { x: 200 - spread, y: 500 },
      { x: 200 + spread, y: 500 },
    ];
    await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: at(30) });
    for (const spread of [40, 60, 80, 100]) {
      await touch.send("Input.dispatchTouchEvent", {
        type: "touchMove",
        touchPoints: at(spread),
      });
    }
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    await expect.poll(() => zoom.textContent()).not.toBe(before);
  });

  test.each([
    ["as it opens", async () => {}],
    ["with the inspector", () => page.getByRole("button", { name: "Inspector" }).tap()],
    ["with the start page", () => page.keyboard.press("Home")],
    ["with the history", () => page.keyboard.press("h")],
    ["with the settings", () => page.keyboard.press("Control+,")],
    ["with all actions", () => page.keyboard.press("Control+k")],
  ])("nothing to press is smaller than 24 px %s", async (_name, reach) => {
    await reach();
    expect(await smallTargets(page)).toEqual([]);
    await page.keyboard.press("Escape");
  });
});
