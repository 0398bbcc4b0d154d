import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { findChromium } from "../../packages/app/src/find-chromium.ts";
import { type EditorPage, launchBrowser, openEditorPage, runTimeoutMs } from "./editor-page.ts";
import { type ServedProject, serveProject } from "./serve-project.ts";

const chromium = findChromium();

/** Without an installed browser there is nothing to test with; INSIGHTGRAPH_CHROMIUM names one. */
export const isBrowserMissing = chromium === undefined;

const hooks = { file: [beforeAll, afterAll], test: [beforeEach, afterEach] } as const;

/** One for the whole file, or a new one for each test. Pages of one server share its runs. */
interface Lifetimes {
  readonly server: keyof typeof hooks;
  readonly page: keyof typeof hooks;
}

/** A browser for the file, with a server and a page of it. */
export interface ServedEditor {
  readonly browser: Browser;
  readonly project: ServedProject;
  readonly editor: EditorPage;
}

/** Starts the browser for the tests of a file. */
export function launchForFile(assign: (browser: Browser) => void): void {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser(chromium ?? "");
    assign(browser);
  }, runTimeoutMs);
  afterAll(() => browser?.close());
}

/** Starts browser, server and page for the tests of a file, and ends them. */
export function serveEditor(
  { server, page }: Lifetimes,
  assign: (served: ServedEditor) => unknown,
): void {
  const [beforeServer, afterServer] = hooks[server];
  const [beforePage, afterPage] = hooks[page];
  let browser: Browser;
  let project: ServedProject;
  launchForFile((launched) => {
    browser = launched;
  });
  beforeServer(async () => {
    project = await serveProject();
  }, runTimeoutMs);
  afterServer(() => project?.stop());
  beforePage(async () => {
    await assign({ browser, project, editor: await openEditorPage(browser, project.url) });
  }, runTimeoutMs);
  afterPage(async () => {
    for (const context of browser?.contexts() ?? []) await context.close();
  });
}
