import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type EditorPage, runTimeoutMs } from "./editor-page.ts";
import { isBrowserMissing, serveEditor } from "./serve-editor.ts";
import type { ServedProject } from "./serve-project.ts";

const photograph = fileURLToPath(new URL("../../graphs/samples/coffee.jpg", import.meta.url));

describe.skipIf(isBrowserMissing)("starting and sharing", { timeout: runTimeoutMs }, () => {
  let project: ServedProject;
  let editor: EditorPage;

  serveEditor({ server: "file", page: "test" }, (served) => {
    ({ project, editor } = served);
  });

  const shownTab = ({ page }: EditorPage) =>
    page.getByRole("tab", { selected: true }).textContent();

  test("an example opens beside from the start page, and from a link", async () => {
    const { page } = editor;
    await page.getByRole("button", { name: "InsightGraph" }).click();
    await page.locator(".start-example img").first().waitFor();
    await editor.shoot("start");
    await page.getByRole("button", { name: /^Several instructions/ }).click();
    await expect.poll(() => shownTab(editor)).toBe("Several instructions at once");
    await page.goto(`${project.url}#example=edit-photograph`);
    await page.reload();
    await expect.poll(() => shownTab(editor)).toBe("Edit a photograph");
    expect(new URL(page.url()).hash).toBe("");
    await page.goto(`${project.url}#example=ablate`);
    await page.reload();
    await expect.poll(() => shownTab(editor)).toMatch(/^ablate|^Scores/);
    // What the file of its node holds is no change of the person's.
    await page.locator('[data-port="edit.output.comparison"]').waitFor();
    expect(await page.getByRole("button", { name: /^Undo/ }).isDisabled()).toBe(true);
    expect(await page.getByText("was changed").count()).toBe(0);
    await page.goto(`${project.url}#file=several-instructions.json`);
    await page.reload();
    await expect.poll(() => shownTab(editor)).toBe("several-instructions");
    expect(editor.faults).toEqual([]);
  });

  test("a picture that is chosen on the start page opens in a graph that edits it", async () => {
    const { page } = editor;
    await page.keyboard.press("Home");
    const asked = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: /^Edit a picture/ }).click();
    await (await asked).setFiles(photograph);
    await expect.poll(() => shownTab(editor)).toContain("coffee.jpg");
    await page.locator('[data-node="source"] img').waitFor();
    await page.keyboard.type("turn the cup blue");
    await expect.poll(() => editor.instruction().inputValue()).toBe("turn the cup blue");
  });

  test("a graph is shared as a command, a request, a link and a drawing", async () => {
    const { page } = editor;
    await page.getByRole("tab", { name: "insightedit" }).click();
    await editor.instruction().fill("add a cat");
    await page.getByRole("button", { name: "Share" }).click();
    await editor.shoot("share");
    const command = await page.getByLabel("Command line", { exact: true }).inputValue();
    expect(command).toContain("--set 'instruction=add a cat'");
    expect(command).toContain(`run ${path.join(project.graphs, "insightedit.json")} `);
    expect(await page.getByLabel("Request with curl", { exact: true }).inputValue()).toContain(
      "/api/jobs",
    );
    expect(
      await page.getByLabel("Link to this file on this server", { exact: true }).inputValue(),
    ).toContain("#file=insightedit.json");
    const begun = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download a drawing (SVG)" }).click();
    const svg = await readFile(await (await begun).path(), "utf8");
    expect(svg).toContain(">MLLM comprehension</text>");
    expect(svg).not.toContain("undefined");
  });

  test("a graph dropped on a panel opens, not only one dropped on the canvas", async () => {
    const { page } = editor;
    const text = await readFile(path.join(project.graphs, "insightedit.json"), "utf8");
    const dropped = await page.evaluateHandle((content) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], "dropped.json", { type: "application/json" }));
      return transfer;
    }, text);
    await page.dispatchEvent(".film-strip", "drop", { dataTransfer: dropped });
    await expect.poll(() => shownTab(editor)).toContain("dropped");
  });
});
