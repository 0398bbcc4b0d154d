import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { type EditorPage, runTimeoutMs } from "./editor-page.ts";
import { isBrowserMissing, serveEditor } from "./serve-editor.ts";

const node = '{"type":"image.load","version":1}';
const graphOf = (count: number) =>
  `{"format":"insightgraph","version":1,"nodes":{${Array.from({ length: count }, (_, at) => `"n${at}":${node}`).join()}}}`;

describe.skipIf(isBrowserMissing)("hostile files", { timeout: runTimeoutMs }, () => {
  let editor: EditorPage;

  serveEditor({ server: "file", page: "file" }, (served) => {
    ({ editor } = served);
  });

  const open = async (name: string, content: string | Buffer) => {
    const asked = editor.page.waitForEvent("filechooser");
    await editor.page.keyboard.press("Control+o");
    await (await asked).setFiles({
      name,
      mimeType: name.endsWith(".png") ? "image/png" : "application/json",
      buffer: Buffer.from(content),
    });
  };

  test.each([
    ["of 20 MB", "long.json", () => " ".repeat(20_000_000), /20\.0 MB/],
    ["of 60,000 nodes", "many.json", () => graphOf(60_000), /60,000 nodes/],
    ["that was overwritten", "noise.json", () => "\u0001\u0002 noise", /could not be opened/],
    [
      "of a newer version",
      "newer.json",
      () => '{"format":"insightgraph","version":99,"nodes":{}}',
      /version 1 is expected, found 99/,
    ],
  ])("a file %s is refused with a word, and the graph stays", async (_, name, content, said) => {
    await open(name, content());
    await expect.poll(() => editor.page.getByRole("alert").textContent()).toMatch(said);
    expect(await editor.page.getByRole("tab").count()).toBe(1);
    await editor.page.locator(".notice").getByRole("button", { name: "Close" }).click();
  });

  test("a PNG that was cut off says so", async () => {
    const sample = new URL("../../graphs/samples/bee-tree-penguin.png", import.meta.url);
    await open("cut.png", (await readFile(sample)).subarray(0, 200));
    await expect
      .poll(() => editor.page.getByRole("alert").textContent())
      .toMatch(/picture|unreadable|cut/i);
    expect(await editor.page.getByRole("tab").count()).toBe(1);
    await editor.page.locator(".notice").getByRole("button", { name: "Close" }).click();
  });

  test("a node far beyond the canvas is within reach", async () => {
    const ui = '"ui":{"x":1e300,"y":-1e300}';
    await open("far.json", graphOf(1).replace('"version":1}', `"version":1,${ui}}`));
    await expect.poll(() => editor.page.getByRole("tab").count()).toBe(2);
    await editor.node("n0").waitFor();
    await editor.page.keyboard.press("f");
    await expect.poll(async () => (await editor.node("n0").boundingBox())?.x).toBeLessThan(1440);
  });
});
