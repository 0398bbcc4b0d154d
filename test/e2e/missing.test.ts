import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { type EditorPage, runTimeoutMs } from "./editor-page.ts";
import { isBrowserMissing, serveEditor } from "./serve-editor.ts";
import type { ServedProject } from "./serve-project.ts";

describe.skipIf(isBrowserMissing)("what a graph lacks", { timeout: runTimeoutMs }, () => {
  let project: ServedProject;
  let editor: EditorPage;

  serveEditor({ server: "file", page: "file" }, (served) => {
    ({ project, editor } = served);
  });

  test("is listed when it is opened, with what to do; a whole graph asks nothing", async () => {
    const { node, page } = editor;
    const sheet = page.getByRole("dialog", { name: /needs what is not here/ });
    expect(await sheet.count()).toBe(0);
    const shipped = await readFile(path.join(project.graphs, "insightedit.json"), "utf8");
    const graph = shipped
      .replace('"generation.encode"', '"generation.encodes"')
      .replace('"insightedit-mini"', '"no-such-model"')
      .replace(/"path": "samples\/[^"]+"/, '"path": "nowhere/gone.png"');
    const asked = page.waitForEvent("filechooser");
    await page.keyboard.press("Control+o");
    const buffer = Buffer.from(graph);
    await (await asked).setFiles({ name: "other.json", mimeType: "application/json", buffer });
    await sheet.waitFor();
    const text = await sheet.textContent();
    expect(text).toContain("generation.encodes: 1 node");
    expect(text).toContain("no-such-model");
    expect(text).toContain("nowhere/gone.png");
    await editor.shoot("missing");
    await sheet.getByRole("button", { name: "Use generation.encode", exact: true }).click();
    await sheet.getByRole("button", { name: "Add model…" }).click();
    await page.getByRole("button", { name: "Use insightedit-mini", exact: true }).waitFor();
    await page.keyboard.press("Escape");
    const picture = page.waitForEvent("filechooser");
    await sheet.getByRole("button", { name: "Choose a picture…" }).click();
    const sample = path.join(project.graphs, "samples/bee-tree-penguin.png");
    await (await picture).setFiles(sample);
    await expect.poll(() => sheet.textContent()).not.toContain("gone.png");
    await sheet.getByRole("button", { name: "Add model…" }).click();
    await page.getByRole("button", { name: /insightedit-mini/ }).click();
    // Nothing is missing any more.
    await sheet.waitFor({ state: "detached" });
    expect(await node("encode").getAttribute("data-status")).toBe("idle");
    expect(await node("source").locator(".field-file-name").textContent()).toBe(
      "bee-tree-penguin.png",
    );
  });
});
