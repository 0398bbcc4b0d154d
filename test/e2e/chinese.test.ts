import type { Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type EditorPage, runTimeoutMs } from "./editor-page.ts";
import { isBrowserMissing, serveEditor } from "./serve-editor.ts";

/** Three words of English in a row: a name or a path has fewer. */
const english = /[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}/;
const han = /\p{Script=Han}/u;

describe.skipIf(isBrowserMissing)("the page in Chinese", { timeout: runTimeoutMs }, () => {
  let editor: EditorPage;
  let page: Page;

  serveEditor({ server: "file", page: "test" }, (served) => {
    ({ editor } = served);
    ({ page } = editor);
  });
  beforeEach(async () => {
    await page.evaluate(`localStorage.setItem("insightgraph.language", "zh-CN")`);
    await page.reload();
    await editor.node("save").waitFor();
  });
  afterEach(() => expect(editor.faults).toEqual([]));

  const expectChinese = (text: string | null) => {
    expect(text).toMatch(han);
    expect(text).not.toMatch(english);
  };

  test("what is wrong with a graph, and what to do, is said in Chinese", async () => {
    await editor.node("source").locator(".node-header").click();
    await page.keyboard.press("Delete");
    await page.keyboard.press("Control+Enter");
    const notice = page.locator(".notice li");
    await notice.first().waitFor();
    for (const text of await notice.allTextContents()) expectChinese(text);
    expect((await notice.allTextContents()).join()).toContain("没有连接");
    await editor.shoot("chinese-issues");
    await page.keyboard.press("Control+z");
    await editor.node("source").waitFor();
  });

  test("actions are found by their Chinese names and by their English ones", async () => {
    for (const query of ["设置", "Settings"]) {
      await page.keyboard.press("Control+k");
      await page.locator(".choices input").fill(query);
      expect(await page.locator(".choice").first().textContent()).toContain("设置");
      await page.keyboard.press("Escape");
    }
  });

  test("options are shown in Chinese, and the graph keeps their ids", async () => {
    await editor.node("save").locator(".node-header").click();
    const existing = page.locator("#param-save-existing");
    await existing.selectOption({ label: "替换" });
    expect(await existing.inputValue()).toBe("replace");
    expect(await existing.locator("option").allTextContents()).toEqual(["编号", "替换", "拒绝"]);
    await page.keyboard.press("Control+z");
  });

  test("a failed run says in Chinese why, on its node and in the history", async () => {
    await editor.node("save").locator(".node-header").click();
    await page.locator("#param-save-path").fill("edited.bmp");
    await page.keyboard.press("Control+Enter");
    const failure = editor.node("save").locator(".node-failure");
    await failure.waitFor({ timeout: runTimeoutMs });
    expect(await failure.textContent()).toContain("“edited.bmp”的结尾不是已知的图片格式。");
    expectChinese(await failure.locator(".node-failure-hint").textContent());
    await editor.shoot("chinese-failure");
    await page.getByRole("button", { name: "全部记录" }).click();
    const error = page.locator(".history-error").first();
    await error.waitFor();
    expectChinese(await error.textContent());
    await page.keyboard.press("Escape");
  });
});
