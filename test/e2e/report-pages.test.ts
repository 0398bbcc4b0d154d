import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { smallReport } from "../../packages/app/src/ablation/ablation-report.fixture.ts";
import { reportToHtml } from "../../packages/app/src/ablation/print-html.ts";
import { type Trial, votePage } from "../../packages/app/src/preference/vote-page.ts";
import { parseVotes } from "../../packages/editing/src/metrics/votes.ts";
import { runTimeoutMs } from "./editor-page.ts";
import { isBrowserMissing, launchForFile } from "./serve-editor.ts";

const dot = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=";

describe.skipIf(isBrowserMissing)("pages of one file", { timeout: runTimeoutMs }, () => {
  let browser: Browser;
  let folder = "";

  launchForFile((launched) => {
    browser = launched;
  });
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "insightgraph-pages-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function open(name: string, text: string) {
    const file = path.join(folder, name);
    await writeFile(file, text);
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(error.message));
    await page.goto(`file://${file}`);
    return { page, faults };
  }

  test("votes are kept at once, can be taken back, and are saved as lines", async () => {
    const trials = ["x", "y", "z"].map((item): Trial => {
      const [left, right] = [
        { name: "full", picture: dot },
        { name: "bare", picture: dot },
      ];
      return { item, left, right, context: { source: dot } };
    });
    const { page, faults } = await open("votes.html", votePage("test", trials));
    expect(await page.locator("main").textContent()).not.toMatch(/full|bare/);
    await page.keyboard.press("1");
    await page.keyboard.press("2");
    await page.reload();
    expect(await page.textContent("main p")).toBe("2 of 3 votes");
    await page.keyboard.press("Backspace");
    await page.keyboard.press("0");
    await page.keyboard.press("1");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByText("save votes").click(),
    ]);
    const saved = await readFile(await download.path(), "utf8");
    const choices = parseVotes(saved, "votes.jsonl").map(({ item, choice }) => [item, choice]);
    expect(choices).toEqual([
      ["x", "left"],
      ["y", "tie"],
      ["z", "left"],
    ]);
    expect(faults).toEqual([]);
    await page.close();
  });

  test("a report sorts by a column, and a number opens what is behind it", async () => {
    const shown = [{ key: "x", pictures: [{ edit: dot }, { edit: `${dot}#other` }] }];
    const { page, faults } = await open("report.html", reportToHtml(smallReport, shown));
    const names = () => page.locator("tbody th").allTextContents();
    expect(await names()).toEqual(["full", 'a "b", c']);
    await page.getByRole("button", { name: "PSNR" }).click();
    expect(await names()).toEqual(["full", 'a "b", c']);
    await page.getByRole("row", { name: 'a "b", c' }).getByRole("button").nth(1).click();
    expect(await page.locator("#details h2").textContent()).toContain(
      'a "b", c against full: PSNR',
    );
    expect(await page.locator("#details").textContent()).toContain("z failed: it, broke");
    expect(await page.locator("#details img").count()).toBe(2);
    expect(faults).toEqual([]);
    await page.close();
  });
});
