import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { type EditorPage, runTimeoutMs } from "./editor-page.ts";
import { isBrowserMissing, serveEditor } from "./serve-editor.ts";

describe.skipIf(isBrowserMissing)("the editor in Chromium", { timeout: runTimeoutMs * 2 }, () => {
  let editor: EditorPage;

  serveEditor({ server: "test", page: "test" }, (served) => {
    ({ editor } = served);
  });

  test("another instruction makes another picture, with progress in sight", async () => {
    const { node, page } = editor;
    const seen = await recordStatuses(editor);
    await editor.run();
    const before = await editor.result();
    expect(before).not.toBe(await editor.source());

    await node("sample").locator(".node-header").click();
    await page.getByRole("textbox", { name: "steps" }).fill("8");
    await editor.instruction().fill("remove the apple");
    await editor.run();
    expect(await editor.result()).not.toBe(before);
    expect(await node("decode").getAttribute("data-status")).toBe("done");
    expect(await node("model").locator(".node-status").textContent()).toBe("cached");
    expect(await page.locator(".run-card").count()).toBe(2);
    const statuses = await seen();
    expect(statuses).toContain("sample running");
    expect(statuses.some((status) => /^sample \d+ \/ \d+$/.test(status))).toBe(true);
    expect(statuses).toContain("decode queued");
    expect(editor.faults).toEqual([]);
    await editor.shoot("two-runs");
  });

  test("without the image adapter the picture is another one", async () => {
    const { node, page } = editor;
    await editor.run();
    const full = await editor.result();
    await node("image-adapter").locator(".node-header").click();
    await page.keyboard.press("b");
    expect(await node("image-adapter").getAttribute("data-status")).toBe("bypassed");
    await editor.run();
    expect(await editor.result()).not.toBe(full);
    expect(await page.locator(".run-card-label").last().textContent()).toMatch(
      /^no Image alignment adapter/,
    );

    await page.locator(".run-card").first().click();
    await page.locator(".run-card").last().focus();
    await page.keyboard.press("Space");
    expect(await page.locator(".compare-label").first().textContent()).toMatch(
      /^“turn the apple blue”/,
    );
    await editor.shoot("without-image-adapter");
  });

  test("an instruction without a word it knows marks the node that met it, in words", async () => {
    const { node, page } = editor;
    await editor.instruction().fill("tune xylophone");
    await editor.run();
    const failed = node("comprehension");
    expect(await failed.getAttribute("data-status")).toBe("failed");
    expect(await failed.locator(".node-failure").textContent()).toContain("xylophone");
    expect(await page.getByRole("alert").textContent()).toContain("xylophone");
    // Even where a node gave a picture before another one failed.
    expect(await page.locator(".run-card .run-card-words").last().textContent()).toBe("failed");
    expect(await page.locator("body").textContent()).not.toMatch(/\bat .*\.(ts|js):\d+/);
    await editor.shoot("failed-node");
  });

  test("an opened graph whose picture is not there marks the node that opens it", async () => {
    const { node, page } = editor;
    const shipped = await readFile(
      new URL("../../graphs/insightedit.json", import.meta.url),
      "utf8",
    );
    const graph = shipped.replace(/"path": "[^"]+\.png"/, '"path": "nowhere/missing.png"');
    const asked = page.waitForEvent("filechooser");
    await page.keyboard.press("Control+o");
    await (await asked).setFiles({
      name: "mine.json",
      mimeType: "application/json",
      buffer: Buffer.from(graph),
    });
    await expect.poll(() => page.getByRole("tab", { selected: true }).textContent()).toBe("mine");
    await page.getByRole("button", { name: "Open without" }).click();
    await editor.run();
    expect(await node("source").getAttribute("data-status")).toBe("failed");
    expect(await node("source").locator(".node-failure").textContent()).toContain("missing.png");
  });

  test("a graph that cannot run says what is missing where", async () => {
    const { node, page } = editor;
    await node("encode").locator(".node-header").click();
    await page.keyboard.press("Delete");
    await node("encode").waitFor({ state: "detached" });
    await editor.run();
    expect(await page.getByRole("alert").textContent()).toMatch(/cannot run/);
    expect(await node("sample").getAttribute("data-status")).toBe("failed");
    await editor.shoot("refused-graph");
    await page.keyboard.press("Control+z");
    await node("encode").waitFor();
    expect(await node("sample").getAttribute("data-status")).toBe("idle");
  });

  test("the keyboard walks nodes, opens fields, undoes and redoes", async () => {
    const { node, page } = editor;
    const shipped = await editor.instruction().inputValue();
    await node("source").focus();
    await page.keyboard.press("Tab");
    expect(await focusedNode(editor)).toBe("instruction");
    await page.keyboard.press("Enter");
    await page.keyboard.type("add a cat");
    await page.keyboard.press("Escape");
    expect(await focusedNode(editor)).toBe("instruction");
    expect(await editor.instruction().inputValue()).toBe("add a cat");
    await page.keyboard.press("Control+z");
    await expect.poll(() => editor.instruction().inputValue()).toBe(shipped);
    await page.keyboard.press("Control+Shift+Z");
    await expect.poll(() => editor.instruction().inputValue()).toBe("add a cat");
    await page.keyboard.press("?");
    expect(await page.getByRole("dialog", { name: "Keyboard shortcuts" }).textContent()).toContain(
      "Bypass",
    );
  });

  test("Shift+Escape ends a run that takes too long, and Escape alone does not", async () => {
    const { node, page } = editor;
    await node("sample").locator(".node-header").click();
    await page.getByRole("textbox", { name: "steps" }).fill("100");
    await page.keyboard.press("Control+Enter");
    await page.locator('[data-node="sample"][data-status="running"]').waitFor({
      timeout: runTimeoutMs,
    });
    await node("sample").locator(".node-header").click();
    await page.keyboard.press("Escape");
    expect(await page.locator('.run-card[data-phase="running"]').count()).toBe(1);
    await page.keyboard.press("Shift+Escape");
    await page.locator('.run-card[data-phase="cancelled"]').waitFor();
    expect(await node("sample").getAttribute("data-status")).toBe("idle");
  });

  test("a page that is reloaded shows its run going on, and can end it", async () => {
    const { node, page } = editor;
    await node("sample").locator(".node-header").click();
    await page.getByRole("textbox", { name: "steps" }).fill("100");
    await page.keyboard.press("Control+Enter");
    const running = page.locator('[data-node="sample"][data-status="running"]');
    await running.waitFor({ timeout: runTimeoutMs });
    await page.reload();
    await running.waitFor();
    expect(await page.locator('.run-card[data-phase="running"]').count()).toBe(1);
    await page.getByRole("button", { name: /^Cancel/ }).click();
    await page.locator('.run-card[data-phase="cancelled"]').waitFor();
    expect(await page.locator(".run-card").count()).toBe(1);
    expect(editor.faults).toEqual([]);
  });

  test("a dragged node keeps its new place until that is undone", async () => {
    const { node, page } = editor;
    const place = async () => {
      const box = await node("save").boundingBox();
      return { x: Math.round(box?.x ?? 0), y: Math.round(box?.y ?? 0) };
    };
    const before = await place();
    await page.mouse.move(before.x + 30, before.y + 10);
    await page.mouse.down();
    await page.mouse.move(before.x + 10, before.y + 90, { steps: 5 });
    await page.mouse.up();
    // Places are whole numbers on the canvas, so a pixel on the screen may be lost.
    const isNear = async () => {
      const { x, y } = await place();
      return Math.abs(x - before.x + 20) <= 1 && Math.abs(y - before.y - 80) <= 1;
    };
    await expect.poll(isNear).toBe(true);
    expect(await page.locator(".save-state").textContent()).toBe("not saved to a file");
    await page.keyboard.press("Control+z");
    await expect.poll(place).toEqual(before);
    await expect.poll(() => page.locator(".save-state").textContent()).toBe("saved");
  });

  test("links are drawn and let go by hand, and only where they fit", async () => {
    const { page } = editor;
    const links = page.locator(".link-line");
    const count = await links.count();
    await drag(editor, "restore.input.original", { x: 700, y: 640 });
    await expect.poll(() => links.count()).toBe(count - 1);
    await drag(editor, "source.output.image", "sample.input.condition");
    expect(await page.locator(".notice").textContent()).toMatch(/image.*condition/i);
    expect(await links.count()).toBe(count - 1);
    await page.getByRole("dialog", { name: "Convert the link with" }).waitFor();
    await page.keyboard.press("Escape");
    await drag(editor, "source.output.image", "restore.input.original");
    await expect.poll(() => links.count()).toBe(count);
  });

  test("a found node is placed, and what was searched from a port is linked", async () => {
    const { node, page } = editor;
    await page.getByRole("button", { name: "Skip" }).click();
    await page.locator(".canvas-area").click({ position: { x: 500, y: 640 } });
    await page.keyboard.press("Space");
    await page.getByRole("combobox", { name: "Search nodes" }).fill("save");
    await page.keyboard.press("Enter");
    await node("save-2").waitFor();
    await page.keyboard.press("Control+z");
    await node("save-2").waitFor({ state: "detached" });
    await drag(editor, "restore.output.image", { x: 700, y: 640 });
    await page.getByRole("combobox", { name: "Search nodes" }).fill("save");
    await page.keyboard.press("Enter");
    await node("save-2").waitFor();
    expect(
      await node("save-2").locator('[data-port$=".input.image"]').getAttribute("data-linked"),
    ).toBe("true");
  });
});

/** Every status that nodes show from now on, as `sample running` and `sample 3 / 4`. */
async function recordStatuses({ page }: EditorPage): Promise<() => Promise<string[]>> {
  await page.evaluate(`
    window.seenStatuses = new Set();
    new MutationObserver(() => {
      for (const node of document.querySelectorAll(".node")) {
        window.seenStatuses.add(node.dataset.node + " " + node.dataset.status);
        window.seenStatuses.add(node.dataset.node + " " + node.querySelector(".node-status").textContent);
      }
    }).observe(document.body, { attributes: true, characterData: true, childList: true, subtree: true });
  `);
  return () => page.evaluate<string[]>("[...window.seenStatuses]");
}

function focusedNode({ page }: EditorPage): Promise<string | undefined> {
  return page.evaluate<string | undefined>("document.activeElement.dataset.node");
}

async function drag(
  { page }: EditorPage,
  from: string,
  to: string | { readonly x: number; readonly y: number },
): Promise<void> {
  const middle = async (port: string) => {
    const box = await page.locator(`[data-port="${port}"]`).boundingBox();
    if (box === null) throw new Error(`the page shows no port ${port}`);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const start = await middle(from);
  const end = typeof to === "string" ? await middle(to) : to;
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 4 });
  await page.mouse.move(end.x, end.y, { steps: 4 });
  await page.mouse.up();
}
