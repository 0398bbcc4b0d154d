import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { type EditorPage, runTimeoutMs } from "./editor-page.ts";
import { isBrowserMissing, serveEditor } from "./serve-editor.ts";
import type { ServedProject } from "./serve-project.ts";

describe.skipIf(isBrowserMissing)("reusable nodes", { timeout: runTimeoutMs }, () => {
  let project: ServedProject;
  let editor: EditorPage;
  const file = () => path.join(project.graphs, "nodes/finish.json");

  serveEditor({ server: "file", page: "file" }, async (served) => {
    ({ project, editor } = served);
    await editor.page.getByRole("button", { name: "Skip" }).click();
    await editor.page.keyboard.press("f");
  });

  /** From the menu of a node; notices give way first. */
  const choose = async (id: string, action: string) => {
    await editor.page.keyboard.press("Escape");
    await editor.node(id).locator(".node-header").click({ button: "right" });
    await editor.page.locator(`.menu [data-action="${action}"]`).click();
  };

  test("a folded node is saved as a file, which the graph refers to and still runs", async () => {
    const { node, page } = editor;
    await node("decode").locator(".node-header").click();
    await node("restore")
      .locator(".node-header")
      .click({ modifiers: ["Shift"] });
    await page.keyboard.press("g");
    await page.keyboard.type("finish");
    await page.keyboard.press("Enter");
    await choose("group", "saveNode");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved to nodes/finish.json.").waitFor();
    expect(JSON.parse(await readFile(file(), "utf8"))).toMatchObject({ format: "insightgraph" });
    await editor.run();
    await page.locator('[data-node="group"][data-status="done"]').waitFor();
    await page.keyboard.press("Control+s");
    await page.getByText("Saved to insightedit.json").waitFor();
    const saved = JSON.parse(await readFile(path.join(project.graphs, "insightedit.json"), "utf8"));
    expect(saved.graphs).toEqual({ group: { file: "nodes/finish.json" } });
  });

  test("the search lists it, and another one of it can be added", async () => {
    const { node, page } = editor;
    await page.getByRole("button", { name: "Add a node…" }).click();
    await page.getByRole("combobox", { name: "Search nodes" }).fill("finish");
    await page.getByRole("option", { name: /nodes\/finish.json/ }).click();
    await node("finish").waitFor();
    await page.locator('[data-port="finish.output.image"]').waitFor();
    await page.keyboard.press("Delete");
    await node("finish").waitFor({ state: "detached" });
  });

  test("a change of its file is shown when the graph is shown again", async () => {
    const { page } = editor;
    await choose("group", "openNodeFile");
    await page.getByRole("tab", { name: "finish" }).waitFor();
    // The graph is shown again, and has read the file, before that changes: else the change is
    // shown at once, and the reload finds nothing new.
    const isRead = page.waitForResponse((reply) => reply.url().endsWith("/reference?name=group"));
    await page.getByTitle("Close finish").click();
    await isRead;
    const text = await readFile(file(), "utf8");
    await writeFile(file(), text.replace('"name": "finish"', '"name": "Finishing"'));
    await page.reload();
    await page.getByText("nodes/finish.json was changed.").waitFor();
  });

  test("where its file is gone, the graph opens all the same, and the run says why it cannot be", async () => {
    const { page } = editor;
    await page.keyboard.press("Control+s");
    await page.getByText("Saved to insightedit.json").waitFor();
    await page.getByTitle("Close insightedit").click();
    await rm(file());
    await page.goto(`${project.url}#file=insightedit.json`);
    await page.reload();
    await page.locator('[data-node="comprehension"]').waitFor();
    await page.keyboard.press("Control+Enter");
    await page.getByRole("alert").filter({ hasText: "nodes/finish.json" }).first().waitFor();
  });
});
