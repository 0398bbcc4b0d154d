import { createServer, get, type Server } from "node:http";
import https from "node:https";
import { syncBuiltinESMExports } from "node:module";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answerGraph } from "../../packages/engine/src/host/answer-nodes.fixture.ts";
import { type EditorPage, openEditorPage, runTimeoutMs } from "./editor-page.ts";
import { isBrowserMissing, launchForFile } from "./serve-editor.ts";
import { type ServedEngine, serveEngine } from "./serve-engine.ts";

const shared = JSON.stringify(answerGraph("pid"));
const unknown = shared.replaceAll(/"type":"[^"]+"/g, '"type":"image.not-there"');
const pages: Readonly<Record<string, string>> = {
  "/shared.json": shared,
  "/unknown.json": unknown,
  "/text.json": "no graph",
};

/** Answers what the server asks of the internet, which these tests do not reach. */
function standInForInternet(): { readonly server: Server; restore(): void } {
  const server = createServer(({ url = "" }, answer) => {
    const text = pages[url];
    answer.writeHead(text === undefined ? 404 : 200).end(text);
  }).listen(0, "127.0.0.1");
  const real = https.get;
  const standIn = ({ pathname }: URL, _options: unknown, done: Parameters<typeof get>[1]) =>
    get(`http://127.0.0.1:${(server.address() as AddressInfo).port}${pathname}`, done);
  const put = (next: unknown) => {
    Object.assign(https, { get: next });
    syncBuiltinESMExports();
  };
  put(standIn);
  return { server, restore: () => put(real) };
}

describe.skipIf(isBrowserMissing)("a graph at an https address", { timeout: runTimeoutMs }, () => {
  let browser: Browser;
  let internet: ReturnType<typeof standInForInternet>;
  let served: ServedEngine;
  let editor: EditorPage;
  let page: Page;

  launchForFile((launched) => {
    browser = launched;
  });
  beforeAll(async () => {
    internet = standInForInternet();
    served = await serveEngine();
    editor = await openEditorPage(browser, served.url);
    ({ page } = editor);
  }, runTimeoutMs);
  afterAll(async () => {
    internet.restore();
    internet.server.close();
    await served?.stop();
  });

  const open = async (address: string) => {
    await page.getByRole("button", { name: "Share" }).click();
    const dialog = page.getByRole("dialog", { name: "Share this graph" });
    await dialog.getByLabel("Open a graph from an https address").fill(address);
    await dialog.getByRole("button", { name: "Open" }).click();
  };
  const jobs = async () => {
    const { jobs: listed } = (await (await fetch(`${served.url}api/jobs`)).json()) as {
      readonly jobs: readonly unknown[];
    };
    return listed.length;
  };
  const shownTab = () => page.getByRole("tab", { selected: true }).textContent();

  test("opens beside and is shown, and runs only when a person says so", async () => {
    await open("https://graphs.example/shared.json");
    await expect.poll(shownTab).toContain("shared");
    await page.locator(".node").first().waitFor();
    expect(await jobs()).toBe(0);
    await page.goto(`${served.url}#url=https://graphs.example/shared.json`);
    await page.reload();
    await expect.poll(() => page.getByRole("tab").count()).toBe(3);
    await page.locator(".node").first().waitFor();
    await page.keyboard.press("Control+Enter");
    await page.locator('.run-card[data-phase="finished"]').waitFor();
    expect(await jobs()).toBe(1);
  });

  test("is checked before anything runs: unknown types are listed, and what is no graph says so", async () => {
    await open("https://graphs.example/unknown.json");
    await page
      .getByRole("dialog", { name: "This graph needs what is not here" })
      .getByText("image.not-there")
      .waitFor();
    await page.keyboard.press("Escape");
    const tabs = await page.getByRole("tab").count();
    for (const [address, why] of [
      ["https://graphs.example/text.json", /JSON/],
      ["https://graphs.example/gone.json", /404/],
      ["https://10.0.0.1/shared.json", /private address/],
    ] as const) {
      await open(address);
      await page.locator(".notice").getByText(why).waitFor();
    }
    expect(await page.getByRole("tab").count()).toBe(tabs);
    expect(await jobs()).toBe(1);
  });
});
