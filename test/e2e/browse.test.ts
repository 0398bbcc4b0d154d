import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { writePairs } from "../../packages/app/src/browse/pairs.fixture.ts";
import { loadAxe, violations } from "./axe-violations.ts";
import { type EditorPage, openEditorPage, runTimeoutMs } from "./editor-page.ts";
import { isBrowserMissing, serveEditor } from "./serve-editor.ts";
import type { ServedProject } from "./serve-project.ts";

const manyRecords = 100_000;

describe.skipIf(isBrowserMissing)("browsing data sets", { timeout: runTimeoutMs }, () => {
  let project: ServedProject;
  let browser: Browser;
  let editor: EditorPage;

  serveEditor({ server: "file", page: "file" }, async (served) => {
    ({ browser, project, editor } = served);
    await writePairs(path.join(project.graphs, "pairs"));
    await editor.page.goto(`${project.url}#dataset=pairs`);
    await editor.page.reload();
  });

  const record = (page: Page, key: string, state = "") =>
    page.getByRole("option").filter({ hasText: new RegExp(`· ${key}(?!\\d)${state}`) });
  const says = (page: Page, key: string, state: string) => record(page, key, state).waitFor();

  test("keys accept, reject, take back and go to the next undecided record", async () => {
    const { page } = editor;
    await record(page, "r0").waitFor();
    await page.keyboard.press("a");
    await says(page, "r0", "Accepted by hand");
    await page.keyboard.press("r");
    await says(page, "r1", "Rejected by hand");
    await page.keyboard.press("r");
    await says(page, "r2", "Rejected by hand");
    await page.keyboard.press("u");
    await says(page, "r2", "Kept by the graph");
    await page.keyboard.press("Home");
    await page.keyboard.press("n");
    await page.locator('[aria-selected="true"]', { hasText: "cup 2" }).waitFor();
    await editor.shoot("browse");
  });

  test("decisions survive a reload and a killed server, and another window follows", async () => {
    const { page } = editor;
    await page.reload();
    await says(page, "r1", "Rejected by hand");
    await project.restart();
    await page.reload();
    await says(page, "r0", "Accepted by hand");
    await says(page, "r1", "Rejected by hand");
    const other = await openEditorPage(browser, `${project.url}#dataset=pairs`);
    await record(other.page, "r0").waitFor();
    await other.page.keyboard.press("End");
    await other.page.keyboard.press("a");
    await says(page, "r9", "Accepted by hand");
    await page.keyboard.press("Control+z");
    await says(other.page, "r9", "Rejected by the graph");
    expect(other.faults).toEqual([]);
    await other.page.close();
  });

  test("records are found by what became of them, by words and by score", async () => {
    const { page } = editor;
    const count = (text: string) =>
      page.getByRole("listbox", { name: text, exact: true }).waitFor();
    await page.getByLabel("Status", { exact: true }).selectOption("rejected");
    await count("Records: 1");
    await page.locator(".record", { hasText: "Rejected by the graph: too blurred" }).waitFor();
    await page.getByLabel("Status", { exact: true }).selectOption("");
    await page.getByLabel("Decision").selectOption("rejected");
    await count("Records: 1");
    await page.getByLabel("Decision").selectOption("");
    await page.getByLabel("Score", { exact: true }).selectOption("score");
    await page.getByLabel("Least score").fill("2");
    await count("Records: 3");
    await page.getByLabel("Order").selectOption("score-");
    await page.locator(".record").first().filter({ hasText: "cup 9" }).waitFor();
    await page.getByRole("searchbox").fill("cup 4");
    await count("Records: 1");
    await page.getByRole("searchbox").fill("");
    await page.getByLabel("Score", { exact: true }).selectOption("");
    await count("Records: 7");
  });

  test("a record is shown with its pictures, mask and fields; Escape leads back", async () => {
    const { page } = editor;
    await page.getByRole("listbox").focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("Enter");
    const detail = page.locator(".record-detail");
    await detail.getByRole("img", { name: "edited_image" }).waitFor();
    await detail.locator(".record-mask").first().waitFor();
    await detail.getByText("remove cup 0").waitFor();
    await page.keyboard.press("m");
    await detail.locator(".record-mask").first().waitFor({ state: "detached" });
    await page.keyboard.press("m");
    await page.keyboard.press("ArrowRight");
    await detail.getByText("remove cup 1").waitFor();
    await page.keyboard.press("Escape");
    await detail.waitFor({ state: "detached" });
    await record(page, "r1").waitFor();
  });

  test("statistics lead to their records, and near-duplicates are kept once", async () => {
    const { page } = editor;
    await page.getByRole("button", { name: "Statistics" }).click();
    await page.getByRole("img", { name: /^score: from 0 to 4.5/ }).waitFor();
    await editor.shoot("browse-statistics");
    await page.getByRole("button", { name: "too blurred 1" }).click();
    await page.getByRole("listbox", { name: "Records: 1" }).waitFor();
    await page.getByRole("button", { name: "Near-duplicates" }).click();
    await page.getByLabel("Pictures may differ by").selectOption("0");
    await page.getByRole("button", { name: "Find near-duplicates" }).click();
    await page.getByText("1 groups with 2 records").waitFor();
    await page.getByRole("button", { name: "Keep the first of each group" }).click();
    await says(page, "r5", "Rejected by hand");
    expect(await record(page, "r3").getAttribute("data-tone")).toBe("kept");
    await page.getByRole("button", { name: "Records", exact: true }).click();
    await page.getByLabel("Reason").selectOption("");
  });

  test.each(["dark", "light"] as const)(
    "axe finds nothing wrong with it when it is %s",
    async (colorScheme) => {
      const { page } = editor;
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await loadAxe(page);
      await record(page, "r0").waitFor();
      expect(await violations(page)).toEqual([]);
      await page.getByRole("listbox").focus();
      await page.keyboard.press("Enter");
      await page.locator(".record-detail dl").waitFor();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Statistics" }).click();
      expect(await violations(page)).toEqual([]);
      await page.getByRole("button", { name: "Near-duplicates" }).click();
      expect(await violations(page)).toEqual([]);
      await page.getByRole("button", { name: "Records", exact: true }).click();
    },
  );

  test.each([
    [390, 844],
    [1920, 1080],
  ])("at %i px everything is in reach", async (width, height) => {
    const { page } = editor;
    await page.setViewportSize({ width, height });
    for (const name of ["Close", /^Accept/, "Another data set…"]) {
      const box = await page.locator("dialog[open]").getByRole("button", { name }).boundingBox();
      expect(box?.x, String(name)).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? width) + (box?.width ?? 0), String(name)).toBeLessThanOrEqual(width);
      expect(box?.height, String(name)).toBeGreaterThanOrEqual(24);
    }
    await editor.shoot(`browse-${width}`);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  test("of 100,000 records only those on the screen are drawn, to the very last one", async () => {
    const { page } = editor;
    const lines = Array.from({ length: manyRecords }, (_, number) =>
      JSON.stringify({ key: `k${number}`, instruction: `change ${number}` }),
    );
    await writeFile(path.join(project.graphs, "many.jsonl"), `${lines.join("\n")}\n`);
    await page.getByRole("button", { name: "Another data set…" }).click();
    await page.getByLabel("Folder or file of a data set").fill("many.jsonl");
    await page.keyboard.press("Enter");
    await page.getByText(`${manyRecords} records`).waitFor({ timeout: 60_000 });
    await page.getByRole("listbox", { name: `Records: ${manyRecords}` }).waitFor();
    await page.keyboard.press("End");
    await page.locator(".record", { hasText: `change ${manyRecords - 1}` }).waitFor();
    expect(await page.locator(".record").count()).toBeLessThan(60);
    await page.getByRole("searchbox").fill("change 77777");
    await page.getByRole("listbox", { name: "Records: 1" }).focus();
    await page.keyboard.press("Escape");
    await page.locator("dialog[open]").waitFor({ state: "detached" });
    expect(page.url()).not.toContain("#");
  });

  test("a node names a data set and leads to it", async () => {
    const { page } = editor;
    const nodes = {
      set: { type: "data.browse", version: 1, params: { dataset: "pairs" } },
    };
    const graph = JSON.stringify({ format: "insightgraph", version: 1, nodes });
    const asked = page.waitForEvent("filechooser");
    await page.keyboard.press("Control+o");
    const file = { name: "set.json", mimeType: "application/json", buffer: Buffer.from(graph) };
    await (await asked).setFiles(file);
    await editor.node("set").getByRole("button", { name: "Browse a data set" }).click();
    await record(page, "r0").waitFor();
    await page.keyboard.press("Escape");
  });

  test("the start page leads to the data sets of the workspace; one that is none says so", async () => {
    const { page } = editor;
    await page.keyboard.press("Home");
    const start = page.getByRole("dialog", { name: "What would you like to do?" });
    await start.getByRole("button", { name: "Browse a data set" }).click();
    await page.getByRole("button", { name: /^pairs 6 records/ }).waitFor();
    await page.getByLabel("Folder or file of a data set").fill("/etc");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").filter({ hasText: "lies outside" }).waitFor();
    // The server was killed once, perhaps in the middle of an answer, and refused this once; the console tells of all.
    const own = editor.faults.filter((text) => !/404|ERR_CONNECTION_(REFUSED|RESET)/.test(text));
    expect(own).toEqual([]);
  });
});
