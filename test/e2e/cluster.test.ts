import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  queryPostgres,
  startPostgres,
} from "../../packages/engine/src/postgres/postgres-server.fixture.ts";
import { openTaskQueue } from "../../packages/engine/src/tasks/pg-boss-queue.ts";
import { loadAxe, violations } from "./axe-violations.ts";
import { type EditorPage, openEditorPage, runTimeoutMs } from "./editor-page.ts";
import { isBrowserMissing, launchForFile } from "./serve-editor.ts";
import { type ServedProject, serveProject } from "./serve-project.ts";

const server = isBrowserMissing ? undefined : await startPostgres();
const run = "00000000-0000-4000-8000-000000000001";
const able = { nodes: "", models: ["insightedit-mini"] };
const about = { nodes: "", description: {}, machine: "desk", priority: 0 };

function itemsFrom(first: number, count: number) {
  return Array.from({ length: count }, (_, at) => {
    return { key: `photo ${first + at}`, fingerprint: "f", input: null };
  });
}

describe.skipIf(server === undefined)("the page of workers", { timeout: runTimeoutMs }, () => {
  let project: ServedProject;
  let editor: EditorPage;
  let queue: Awaited<ReturnType<typeof openTaskQueue>>;
  let reporting: NodeJS.Timeout;
  let browser: Browser;
  launchForFile((launched) => {
    browser = launched;
  });
  beforeAll(async () => {
    process.env["INSIGHTGRAPH_DATABASE"] = (await server?.newDatabase()) ?? "";
    queue = await openTaskQueue(process.env["INSIGHTGRAPH_DATABASE"], () => {});
    await fill();
    await reportWorkers();
    reporting = setInterval(() => void reportWorkers(), 2000);
    project = await serveProject();
    editor = await openEditorPage(browser, project.url);
  }, runTimeoutMs);
  afterAll(async () => {
    clearInterval(reporting);
    await project?.stop();
    await queue?.close();
    await server?.stop();
  });

  /** Lets three workers die over an item. */
  const killOver = async (key: string): Promise<void> => {
    await queue.submit(run, [[{ key, fingerprint: "f", input: null }]]);
    for (let deaths = 0; deaths < 3; deaths++) {
      while ((await queue.claim(able)) === undefined);
      const die = "UPDATE pgboss.job SET heartbeat_on = now() - interval '1 hour'";
      const database = process.env["INSIGHTGRAPH_DATABASE"] ?? "";
      await queryPostgres(database, `${die} WHERE state = 'active'`);
    }
    while ((await queue.runs())[0]?.dead !== 1);
  };

  /** A run that goes on, with some failures and a dead item; one that waits for a model; two workers. */
  const fill = async (): Promise<void> => {
    await queue.begin({ ...about, id: run, title: "Holiday photographs", models: able.models });
    await killOver("photo that kills");
    const tasks = Array.from({ length: 120 }, (_, at) => itemsFrom(4 * at, 4));
    for (const task of tasks) await queue.submit(run, [task]);
    for (let done = 0; done < 40; done++) {
      const task = await queue.claim(able);
      const outcomes = (task?.items ?? []).map(({ key, fingerprint }, at) => {
        const failure = { code: "node.failed", what: "no face in this picture" } as const;
        const isBad = done % 9 === 0 && at === 0;
        return { key, fingerprint, outcome: null, ...(isBad ? { failure } : {}) };
      });
      if (task !== undefined) await queue.commit(task, outcomes, []);
    }
    const waiting = { id: run.replace("1", "2"), title: "Sweep", models: ["sd15"] };
    await queue.begin({ ...about, ...waiting });
    await queue.submit(waiting.id, [itemsFrom(0, 2)]);
  };
  const reportWorkers = async (): Promise<void> => {
    const worker = {
      ...{ machine: "studio", device: "cuda:0", models: able.models, version: "0.1.0" },
      ...{ memory: { freeBytes: 21e9, totalBytes: 64e9 }, nodes: "", failed: 5, done: 155 },
      upMs: 240_000,
    };
    const task = { run, title: "Holiday photographs", items: 4, settled: 3, sinceMs: 61_000 };
    await queue.report("w1", { ...worker, task });
    await queue.report("w2", { ...worker, machine: "attic", device: "cpu", done: 0, failed: 0 });
  };

  test("shows workers and runs, with tasks, pace and failures, and steers them", async () => {
    const { page } = editor;
    await page.getByRole("button", { name: "Skip" }).click();
    await page.keyboard.press("h");
    await page.getByRole("button", { name: "Workers", exact: true }).click();
    const sheet = page.getByRole("dialog", { name: "Workers" });
    await sheet.getByText("studio · cuda:0").waitFor();
    expect(await sheet.textContent()).toContain("3 of 4 items of a task, 1 min 1 s so far");
    expect(await sheet.textContent()).toContain("Waits: no worker has the model sd15.");
    await sheet.getByRole("button", { name: "Details of Holiday photographs" }).click();
    await sheet.getByRole("img", { name: /40 done/ }).waitFor();
    expect(await sheet.locator(".task-map div i").count()).toBe(121);
    expect(await sheet.textContent()).toContain("5 × node.failed: no face in this picture");
    await editor.shoot("cluster");
    await sheet.getByRole("button", { name: "Try photo that kills again" }).click();
    await expect.poll(async () => (await queue.run(run))?.dead).toEqual([]);
    await sheet
      .getByRole("button", { name: "Try photo that kills again" })
      .waitFor({ state: "detached" });
    const row = sheet.locator(".cluster-row").filter({ hasText: "Holiday" });
    await row.first().getByRole("button", { name: "Pause" }).click();
    await row.first().getByRole("button", { name: "Go on" }).waitFor();
    expect(await queue.claim(able)).toBeUndefined();
    await row.first().getByRole("button", { name: "Go on" }).click();
    await row.first().getByRole("button", { name: "Pause" }).waitFor();
    await row.first().getByRole("spinbutton", { name: "Priority" }).fill("7");
    await page.keyboard.press("Tab");
    await expect.poll(async () => (await queue.runs())[0]?.priority).toBe(7);
    page.once("dialog", (dialog) => void dialog.accept());
    await row.first().getByRole("button", { name: "Cancel" }).click();
    await expect.poll(() => queue.isCancelled(run)).toBe(true);
  });

  test.each([
    ["dark", 1440],
    ["light", 390],
  ] as const)("is readable for everybody in the %s theme at %i px", async (theme, width) => {
    const { page } = editor;
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize({ width, height: 844 });
    await loadAxe(page);
    expect(await violations(page)).toEqual([]);
    const wide = "document.querySelector('.cluster .dialog-body').scrollWidth - innerWidth";
    expect(await page.evaluate(wide)).toBeLessThanOrEqual(0);
    await editor.shoot(`cluster-${theme}-${width}`);
  });

  test("speaks Chinese", async () => {
    const { page } = editor;
    await page.evaluate("localStorage.setItem('insightgraph.language', 'zh-CN')");
    await page.reload();
    await page.locator(".node").first().waitFor();
    await page.keyboard.press("w");
    await page.getByRole("dialog", { name: "工作进程" }).getByText("studio · cuda:0").waitFor();
    await editor.shoot("cluster-chinese");
    expect(editor.faults).toEqual([]);
  });
});
