import { mkdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";

const screenshots = fileURLToPath(new URL("./screenshots/", import.meta.url));
const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"];

/** Long enough for a run on two busy cores. */
export const runTimeoutMs = 180_000;

export function launchBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: flags });
}

/** The editor in a browser, as a person sees and drives it. */
export interface EditorPage {
  readonly page: Page;
  /** What went wrong in the page itself. */
  readonly faults: string[];
  node(id: string): Locator;
  instruction(): Locator;
  /** Presses Run and waits for the end of the run. */
  run(): Promise<void>;
  /** Address of the picture that the last run made. */
  result(): Promise<string>;
  source(): Promise<string>;
  shoot(name: string): Promise<void>;
}

export async function openEditorPage(browser: Browser, url: string): Promise<EditorPage> {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    colorScheme: "dark",
  });
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  // Catching of file dialogs is switched on by the first listener, and late when that comes with the
  // key press that opens one.
  page.on("filechooser", () => {});
  await page.goto(url);
  await page.locator(".node").first().waitFor();
  const node = (id: string) => page.locator(`[data-node="${id}"]`);
  const picture = async (label: string) => {
    const address = await page.locator(`.compare-picture[alt="${label}"]`).getAttribute("src");
    if (address === null) throw new Error(`the page shows no ${label}`);
    return address;
  };
  return {
    page,
    faults,
    node,
    instruction: () => node("instruction").locator("textarea"),
    async run() {
      const cards = page.locator(".run-card");
      const count = await cards.count();
      await page.getByRole("button", { name: /^Run / }).click();
      const card = cards.nth(count);
      await card.waitFor();
      await page
        .locator('.run-card:not([data-phase="queued"], [data-phase="running"])')
        .nth(count)
        .waitFor({ timeout: runTimeoutMs });
    },
    result: () => picture("result"),
    source: () => picture("source"),
    async shoot(name) {
      await mkdir(screenshots, { recursive: true });
      await page.screenshot({ path: path.join(screenshots, `${name}.png`) });
    },
  };
}

/** A place of the canvas on which nothing lies. */
export async function emptySpot(page: Page): Promise<{ readonly x: number; readonly y: number }> {
  return page.evaluate(`(() => {
    const { left, top, width, height } = document.querySelector(".canvas-area").getBoundingClientRect();
    for (let y = top + 8; y < top + height; y += 16)
      for (let x = left + 8; x < left + width; x += 16)
        if (document.elementFromPoint(x, y)?.matches(".canvas-area, .far")) return { x, y };
  })()`);
}

/** The place on the screen half way along a link. */
export function middleOfLink(
  page: Page,
  node: string,
  input: string,
): Promise<{ x: number; y: number }> {
  return page.evaluate(`(() => {
    const path = document.querySelector('[data-into="${node}"][data-input="${input}"] .link-hit');
    const { x, y } = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(path.getScreenCTM());
    return { x, y };
  })()`);
}
