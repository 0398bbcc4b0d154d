import type { JSHandle } from "playwright-core";
import { describe, expect, test } from "vitest";
import { graphKeyword, withPngTexts } from "../../packages/engine/src/png.ts";
import { type EditorPage, runTimeoutMs } from "./editor-page.ts";
import { isBrowserMissing, serveEditor } from "./serve-editor.ts";

const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const carried = {
  format: "insightgraph",
  version: 1,
  nodes: { carried: { type: "text.value", version: 1, params: { text: "from a picture" } } },
};

describe.skipIf(isBrowserMissing)(
  "a picture that carries a graph, dropped on the canvas",
  { timeout: runTimeoutMs },
  () => {
    let editor: EditorPage;

    serveEditor({ server: "file", page: "file" }, (served) => {
      ({ editor } = served);
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
