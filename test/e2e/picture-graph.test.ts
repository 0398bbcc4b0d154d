import type { Browser, JSHandle } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium } from "../../packages/app/src/find-chromium.ts";
import { graphKeyword, withPngTexts } from "../../packages/engine/src/png.ts";
import { type EditorPage, launchBrowser, openEditorPage, runTimeoutMs } from "./editor-page.ts";
import { type ServedProject, serveProject } from "./serve-project.ts";

const chromium = findChromium();
const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const carried = {
  format: "insightgraph",
  version: 1,
  nodes: { carried: { type: "text.value", version: 1, params: { text: "from a picture" } } },
};

// Without an installed browser there is nothing to test with; INSIGHTGRAPH_CHROMIUM names one.
describe.skipIf(chromium === undefined)(
  "a picture that carries a graph, dropped on the canvas",
  { timeout: runTimeoutMs },
  () => {
    let project: ServedProject;
    let browser: Browser;
    let editor: EditorPage;

    beforeAll(async () => {
      project = await serveProject();
      browser = await launchBrowser(chromium ?? "");
      editor = await openEditorPage(browser, project.url);
    }, 60_000);
    afterAll(async () => {
      await browser?.close();
      await project?.stop();
    });

    /** What a person drags over the page. */
    function transfer(): Promise<JSHandle<DataTransfer>> {
      const bytes = [...withPngTexts(pixel, { [graphKeyword]: JSON.stringify(carried) })];
      return editor.page.evaluateHandle((content) => {
        const dragged = new DataTransfer();
        dragged.items.add(new File([new Uint8Array(content)], "a.png", { type: "image/png" }));
        return dragged;
      }, bytes);
    }

    test("opens that graph; with Alt it is a picture like any other", async () => {
      const { page, node } = editor;
      await page.dispatchEvent(".canvas", "drop", { dataTransfer: await transfer() });
      await node("carried").waitFor();
      expect(await page.locator(".node").count()).toBe(1);
      expect(await node("carried").locator("textarea").inputValue()).toBe("from a picture");
      await page.dispatchEvent(".canvas", "drop", { dataTransfer: await transfer(), altKey: true });
      await page.locator(".node").nth(1).waitFor();
      expect(await page.locator(".node").count()).toBe(2);
      expect(editor.faults).toEqual([]);
    });
  },
);
