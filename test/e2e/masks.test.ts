import { cp } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { type EditorPage, runTimeoutMs } from "./editor-page.ts";
import { isBrowserMissing, serveEditor } from "./serve-editor.ts";
import type { ServedProject } from "./serve-project.ts";

const tinySam = fileURLToPath(new URL("../fixtures/checkpoints/tiny-sam", import.meta.url));

describe.skipIf(isBrowserMissing)("masks painted over a picture", { timeout: runTimeoutMs }, () => {
  let project: ServedProject;
  let editor: EditorPage;

  serveEditor({ server: "file", page: "file" }, async (served) => {
    ({ project, editor } = served);
    await editor.page.getByRole("button", { name: "Skip" }).click();
    await editor.page.keyboard.press("f");
  });

  beforeEach(async () => {
    await editor.node("source").locator(".node-header").click();
    await editor.page.keyboard.press("p");
  });

  afterAll(() => {
    // One test ends the server, perhaps in the middle of an answer.
    const own = editor.faults.filter((text) => !/ERR_CONNECTION_(REFUSED|RESET)/.test(text));
    expect(own).toEqual([]);
  });

  type Place = readonly [x: number, y: number];
  const dialog = () => editor.page.getByRole("dialog", { name: "Paint a mask" });
  const canvas = () => dialog().locator("canvas");
  const button = (name: string) => dialog().getByRole("button", { name, exact: true });

  /** Draws through places of the picture, in shares of its sides. */
  const stroke = async (...places: readonly Place[]) => {
    const { mouse } = editor.page;
    const box = await canvas().boundingBox();
    if (box === null) throw new Error("the painter is not shown");
    const at = ([x, y]: Place) => [box.x + box.width * x, box.y + box.height * y] as const;
    const [first = [0, 0], ...rest] = places;
    await mouse.move(...at(first));
    await mouse.down();
    for (const place of rest) await mouse.move(...at(place), { steps: 3 });
    await mouse.up();
  };

  /** Share of the pixels between two places that are selected. */
  const selectedIn = ([left, top]: Place, [right, bottom]: Place) =>
    canvas().evaluate(
      (element, [x, y, across, down]) => {
        const { width, height } = element as HTMLCanvasElement;
        const context = (element as HTMLCanvasElement).getContext("2d");
        const size = [Math.max(1, across * width), Math.max(1, down * height)] as const;
        const { data = [] } = context?.getImageData(x * width, y * height, ...size) ?? {};
        const red = [...data].filter((_, at) => at % 4 === 0);
        return red.filter((value) => value === 255).length / red.length;
      },
      [left, top, right - left, bottom - top] as const,
    );
  const isWhite = async (x: number, y: number) => (await selectedIn([x, y], [x, y])) === 1;

  test("brush, eraser, lasso and invert paint it; it becomes a node, and is painted on again", async () => {
    const { node, page } = editor;
    await stroke([0.2, 0.5], [0.8, 0.5]);
    await expect.poll(() => isWhite(0.5, 0.5)).toBe(true);
    const size = dialog().getByRole("slider", { name: "Size" });
    expect(await size.inputValue()).toBe("24");
    await page.mouse.wheel(0, -100);
    await expect.poll(() => size.inputValue()).toBe("28");
    await page.mouse.wheel(0, 100);
    await expect.poll(() => size.inputValue()).toBe("24");
    expect(await isWhite(0.5, 0.9)).toBe(false);
    await button("Eraser").click();
    await stroke([0.5, 0.5]);
    await expect.poll(() => isWhite(0.5, 0.5)).toBe(false);
    await button("Lasso").click();
    await stroke([0.1, 0.7], [0.9, 0.7], [0.9, 0.95], [0.1, 0.95]);
    await expect.poll(() => isWhite(0.5, 0.85)).toBe(true);
    await button("Invert").click();
    await expect.poll(() => isWhite(0.5, 0.85)).toBe(false);
    await button("Undo").click();
    await expect.poll(() => isWhite(0.5, 0.85)).toBe(true);
    await editor.shoot("mask-painter");
    await button("Use this mask").click();
    await node("mask").waitFor();
    await page.locator('[data-port="mask.input.image"][data-linked="true"]').waitFor();
    await page.keyboard.press("Control+Shift+Enter");
    await page.locator('[data-node="mask"][data-status="done"]').waitFor({ timeout: 60_000 });
    // What a node made, such as one that segments, can be painted on.
    await node("source").locator(".node-header").click();
    await page.keyboard.press("p");
    await page
      .getByRole("combobox", { name: "From a node…" })
      .selectOption({ label: "Mask from picture (mask) · mask" });
    await expect.poll(() => isWhite(0.5, 0.85)).toBe(true);
    expect(await isWhite(0.5, 0.6)).toBe(false);
    await page.keyboard.press("Escape");
  });

  test("on a phone the picture keeps its shape, and a stroke lands where it is drawn", async () => {
    await editor.page.setViewportSize({ width: 390, height: 844 });
    await canvas().waitFor();
    const natural = await canvas().evaluate((element) => {
      const { width, height } = element as HTMLCanvasElement;
      return width / height;
    });
    const ratio = async () => {
      const { width = 0, height = 1 } = (await canvas().boundingBox()) ?? {};
      return width / height;
    };
    await expect.poll(ratio).toBeCloseTo(natural, 1);
    await stroke([0.3, 0.8], [0.7, 0.8]);
    expect(await isWhite(0.5, 0.8)).toBe(true);
    await editor.shoot("mask-phone");
    await editor.page.keyboard.press("Escape");
    await editor.page.setViewportSize({ width: 1440, height: 900 });
  });

  test("a box finds the outline of an object with GrabCut, which is taken away and undone", async () => {
    await button("Object").click();
    await stroke([0.05, 0.05], [0.95, 0.95]);
    await dialog()
      .getByRole("status")
      .filter({ hasText: /^(Waiting|Finding)/ })
      .waitFor();
    await expect.poll(() => selectedIn([0, 0], [1, 1]), { timeout: 60_000 }).toBeGreaterThan(0.02);
    const found = await selectedIn([0, 0], [1, 1]);
    expect(found).toBeLessThan(0.9);
    await editor.shoot("mask-object");
    await button("Fill").click();
    await editor.page.keyboard.down("Alt");
    await stroke([0.05, 0.05], [0.95, 0.95]);
    await editor.page.keyboard.up("Alt");
    await expect
      .poll(() => selectedIn([0, 0], [1, 1]), { timeout: 60_000 })
      .toBeCloseTo(1 - found, 5);
    for (let step = 0; step < 2; step++) await button("Undo").click();
    await expect.poll(() => selectedIn([0, 0], [1, 1])).toBe(found);
    await button("Undo").click();
    await expect.poll(() => selectedIn([0, 0], [1, 1])).toBe(0);
    expect(await button("Undo").isDisabled()).toBe(true);
    await editor.page.keyboard.press("Escape");
    // The search leaves nothing among the runs.
    expect(await editor.page.locator(".run-card").filter({ hasText: "Outline" }).count()).toBe(0);
    const { jobs } = await (await fetch(`${project.url}api/jobs`)).json();
    expect(jobs.map(({ documentId }: { documentId: string }) => documentId)).not.toContain(
      "beside-documents",
    );
  });

  test("GrabCut says that it needs a box; a Segment Anything model takes a click", async () => {
    const { page } = editor;
    await cp(tinySam, path.join(project.graphs, "tiny-sam"), { recursive: true });
    await fetch(`${project.url}api/models/additions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ source: "dir:tiny-sam" }),
    });
    await button("Object").click();
    await stroke([0.3, 0.6]);
    await dialog()
      .getByRole("alert")
      .filter({ hasText: /boxes, not at points/ })
      .waitFor();
    await editor.shoot("mask-object-failed");
    expect(await selectedIn([0, 0], [1, 1])).toBe(0);
    await page.keyboard.press("Escape");
    await page.locator(".notice").waitFor({ state: "detached" });
    await page.keyboard.press("p");
    await button("Object").click();
    await dialog()
      .getByRole("combobox", { name: "Who finds the outline" })
      .selectOption({ label: "Segment Anything · tiny-sam" });
    await stroke([0.3, 0.6]);
    await expect.poll(() => isWhite(0.3, 0.6), { timeout: 60_000 }).toBe(true);
    await page.keyboard.press("Escape");
  });

  test("a search that waits says so, and is cancelled without a trace", async () => {
    const { page } = editor;
    await fetch(`${project.url}api/queue/pause`, { method: "POST" });
    await button("Object").click();
    await stroke([0.05, 0.05], [0.95, 0.95]);
    await dialog().getByText("Waiting for another run…").waitFor();
    await button("Cancel").click();
    await dialog().getByText("Drag a box around an object").waitFor();
    const jobs = async () =>
      (await (await fetch(`${project.url}api/jobs?state=queued`)).json()).jobs;
    await expect.poll(jobs).toEqual([]);
    await stroke([0.05, 0.05], [0.95, 0.95]);
    await dialog().getByText("Waiting for another run…").waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(jobs).toEqual([]);
    await fetch(`${project.url}api/queue/resume`, { method: "POST" });
  });

  test("where the server is gone, the search says so, and works again when it is back", async () => {
    await button("Object").click();
    await project.kill();
    await stroke([0.05, 0.05], [0.95, 0.95]);
    await dialog().getByRole("alert").waitFor();
    await project.start();
    await stroke([0.05, 0.05], [0.95, 0.95]);
    await expect.poll(() => selectedIn([0, 0], [1, 1]), { timeout: 60_000 }).toBeGreaterThan(0.02);
  });
});
