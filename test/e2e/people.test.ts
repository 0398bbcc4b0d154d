import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterEach, describe, expect, test } from "vitest";
import { type EditorPage, runTimeoutMs } from "./editor-page.ts";
import { isBrowserMissing, type ServedEditor, serveEditor } from "./serve-editor.ts";

const photograph = fileURLToPath(new URL("../../graphs/samples/coffee.jpg", import.meta.url));

describe.skipIf(isBrowserMissing)("people", { timeout: runTimeoutMs }, () => {
  let served: ServedEditor;
  let editor: EditorPage;
  let page: Page;

  serveEditor({ server: "file", page: "test" }, (fresh) => {
    served = fresh;
    ({ editor } = fresh);
    ({ page } = editor);
  });
  afterEach(() => expect(editor.faults).toEqual([]));

  const focused = () => page.evaluate<string>("document.activeElement.cloneNode(false).outerHTML");

  test("a first edit is led in three steps, and a person who has done it is not led again", async () => {
    const guide = page.getByRole("region", { name: "Your first edit" });
    const isAt = (step: string) =>
      guide.locator('[aria-current="step"]').filter({ hasText: step }).waitFor();
    await isAt("1.");
    await editor.instruction().fill("turn the apple green");
    await isAt("2.");
    await editor.run();
    await isAt("3.");
    const [below, canvas] = [
      await guide.boundingBox(),
      await page.locator(".canvas").boundingBox(),
    ];
    if (below === null || canvas === null) throw new Error("the page is not drawn");
    expect(below.y).toBeGreaterThanOrEqual(canvas.y + canvas.height);
    await guide.getByRole("button", { name: "Close" }).click();
    await guide.waitFor({ state: "detached" });
    await page.reload();
    await editor.node("save").waitFor();
    expect(await guide.count()).toBe(0);
  });

  test("the start page lists the files of the workspace, and a dropped picture is edited", async () => {
    await page.keyboard.press("Home");
    await page.locator(".start-file", { hasText: "several-instructions.json" }).click();
    const shown = page.getByRole("tab", { selected: true });
    await expect.poll(() => shown.textContent()).toContain("several-instructions");
    const bytes = [...(await readFile(photograph))];
    const dropped = await page.evaluateHandle((content) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(content)], "mine.jpg", { type: "image/jpeg" }));
      return transfer;
    }, bytes);
    await page.dispatchEvent(".film-strip", "drop", { dataTransfer: dropped });
    await expect.poll(() => shown.textContent()).toContain("mine.jpg");
  });

  test("theme, motion and language can be set, and are kept", async () => {
    const root = page.locator("html");
    await page.keyboard.press("Control+,");
    await page.getByLabel("Theme").selectOption("light");
    await page.getByLabel("Motion").selectOption("reduced");
    const ground = () => page.evaluate("getComputedStyle(document.body).backgroundColor");
    const light = await ground();
    expect(await root.getAttribute("data-motion")).toBe("reduced");
    await page.getByLabel("Theme").selectOption("dark");
    expect(await ground()).not.toBe(light);
    await page.getByLabel("Language").selectOption("zh-CN");
    await expect.poll(() => root.getAttribute("lang")).toBe("zh-CN");
    await editor.node("save").waitFor();
    expect(await root.getAttribute("data-theme")).toBe("dark");
    expect(await root.getAttribute("data-motion")).toBe("reduced");
  });

  test("the page speaks the browser's language", async () => {
    const context = await served.browser.newContext({ locale: "zh-CN" });
    const other = await context.newPage();
    await other.goto(served.project.url);
    await other.getByRole("button", { name: /^运行 / }).waitFor();
    expect(await other.locator("html").getAttribute("lang")).toBe("zh-CN");
  });

  test("a key can be given to an action, and works at once", async () => {
    await page.keyboard.press("?");
    await page.getByRole("button", { name: "Change the key of Queue and history" }).click();
    await page.keyboard.press("Control+j");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+j");
    await page.getByRole("dialog", { name: "Queue and history" }).waitFor();
  });

  test("keys are shown as they are bound, wherever they are shown", async () => {
    const run = page.locator(".run-button");
    expect(await run.textContent()).toBe("Run Ctrl+↵");
    await page.keyboard.press("?");
    const zoomIn = page.getByRole("button", { name: "Change the key of Zoom in" });
    expect(await zoomIn.locator("kbd").textContent()).toBe("+");
    await page.getByRole("button", { name: "Change the key of Run Ctrl" }).click();
    await page.keyboard.press("Shift+r");
    await page.keyboard.press("Escape");
    await expect.poll(() => run.textContent()).toBe("Run Shift+R");
  });

  test("a sheet that finds something begins in its field; no other begins on a button", async () => {
    const { keyboard } = page;
    await editor.node("encode").focus();
    await keyboard.press("Control+k");
    await keyboard.type("queue and");
    await keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Queue and history" }).waitFor();
    for (const key of ["h", "Home", "?", "Control+,", "x"]) {
      await keyboard.press("Escape");
      await keyboard.press(key);
      await page.locator("dialog[open]").waitFor();
      expect(await focused()).toMatch(/^<dialog/);
    }
  });

  test("on a phone the first edit ends at its pictures, and every action is in reach", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.reload();
    await editor.node("instruction").waitFor();
    const guide = page.getByRole("region", { name: "Your first edit" });
    await page.locator(".run-button").click();
    await page
      .locator('.run-card[data-phase="finished"]')
      .last()
      .waitFor({ timeout: runTimeoutMs });
    await guide.getByRole("button", { name: "Show the pictures" }).click();
    await page.locator(".inspector .compare-line").waitFor();
    await page.getByRole("button", { name: "Inspector" }).click();
    await page.getByRole("button", { name: "All actions…" }).click();
    await page.getByRole("option", { name: /^Share the graph/ }).click();
    await page.getByRole("dialog", { name: "Share this graph" }).waitFor();
  });

  test("a dialog keeps the focus, and gives it back", async () => {
    await editor.node("encode").focus();
    await page.keyboard.press("h");
    const dialog = page.getByRole("dialog", { name: "Queue and history" });
    await dialog.waitFor();
    for (let presses = 0; presses < 25; presses++) {
      await page.keyboard.press("Tab");
      const isInside =
        "document.activeElement === document.body || document.activeElement.closest('dialog[open]') !== null";
      expect(await page.evaluate(isInside), await focused()).toBe(true);
    }
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(await focused()).toContain('data-node="encode"');
  });

  test("the focus walks to far nodes and never scrolls the canvas away", async () => {
    await page.setViewportSize({ width: 800, height: 600 });
    await page.keyboard.press("1");
    await editor.node("source").focus();
    for (let presses = 0; presses < 30; presses++) await page.keyboard.press("Tab");
    await editor.node("source").focus();
    for (const key of ["ArrowRight", "ArrowRight", "ArrowRight", "ArrowDown"]) {
      await page.keyboard.press(key);
    }
    const scrolled =
      await page.evaluate(`[...document.querySelectorAll(".canvas, .canvas *, body, html, .app")]
      .filter(({ scrollLeft, scrollTop }) => scrollLeft + scrollTop > 0 ).map(({ className }) => className)`);
    expect(scrolled).toEqual([]);
  });

  test("Shift+F10 opens the menu of what has the focus, and Escape goes back there", async () => {
    await editor.node("encode").focus();
    await page.keyboard.press("Shift+F10");
    await page.getByRole("menuitem", { name: /^Duplicate/ }).waitFor();
    await page.keyboard.press("Escape");
    expect(await focused()).toContain('data-node="encode"');
  });

  test("ports are walked by keys; Delete takes a link away, and Enter opens the menu", async () => {
    await editor.node("encode").focus();
    await page.keyboard.press("Shift+P");
    expect(await focused()).toContain('aria-label="input image, image, linked"');
    await page.keyboard.press("ArrowDown");
    expect(await focused()).toContain('data-port="encode.input.hidden"');
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Delete");
    await page.locator('[data-port="encode.input.image"][data-linked="false"]').waitFor();
    await editor.node("encode").waitFor();
    await page.keyboard.press("ArrowRight");
    expect(await focused()).toContain('data-port="encode.output.latent"');
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: /^Add a node that fits/ }).waitFor();
    await page.keyboard.press("Escape");
    expect(await focused()).toContain('data-port="encode.output.latent"');
    await page.keyboard.press("Escape");
    expect(await focused()).toContain('data-node="encode"');
    await page.keyboard.press("Control+z");
    await page.locator('[data-port="encode.input.image"][data-linked="true"]').waitFor();
  });

  test("memory stands beside the device", async () => {
    await expect
      .poll(() => page.locator(".device-memory").textContent())
      .toMatch(/\d+(\.\d+)? [MG]B of \d+(\.\d+)? GB/);
  });

  test("screen readers are told of runs that end, of what failed, and of steps back and forward", async () => {
    const said = page.locator('.page > [role="status"] > span');
    await editor.instruction().fill("tune xylophone");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+z");
    await expect.poll(() => said.textContent()).toBe("Undone");
    await page.keyboard.press("Control+Shift+z");
    await expect.poll(() => said.textContent()).toBe("Redone");
    await editor.run();
    await expect.poll(() => said.textContent()).toMatch(/“tune xylophone” · seed 1: failed/);
    expect(await page.getByRole("alert").textContent()).toContain("xylophone");
    await editor.instruction().fill("turn the apple green");
    await editor.run();
    await expect.poll(() => said.textContent()).toMatch(/“turn the apple green” · seed 1: done/);
  });

  test("on a phone the inspector is a sheet that opens on request, over the whole width", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.reload();
    await editor.node("instruction").waitFor();
    const sheet = page.locator(".inspector");
    expect(await sheet.isVisible()).toBe(false);
    await page.getByRole("button", { name: "Inspector" }).click();
    const box = await sheet.boundingBox();
    expect(box?.width).toBe(390);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBe(844);
  });

  test("a run of the history has its time and date, and runs again", async () => {
    await editor.run();
    await page.getByRole("button", { name: "All runs" }).click();
    const rows = page.locator(".history-row");
    const count = await rows.count();
    expect(await rows.first().textContent()).toMatch(/seed \d+.*done · [\d.]+ m?s · \d/);
    await rows
      .first()
      .getByRole("button", { name: /^Run again/ })
      .click();
    await expect.poll(() => rows.count()).toBe(count + 1);
  });
});
