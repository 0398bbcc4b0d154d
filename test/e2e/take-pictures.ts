// Takes the README's picture of the page: `npx tsx test/e2e/take-pictures.ts FILE` after a build.

import sharp from "sharp";
import { findChromium } from "../../packages/app/src/find-chromium.ts";
import { launchBrowser, openEditorPage } from "./editor-page.ts";
import { serveProject } from "./serve-project.ts";

const [file = "docs/pictures/editor.webp"] = process.argv.slice(2);
const chromium = findChromium();
if (chromium === undefined) throw new Error("no Chromium was found; set INSIGHTGRAPH_CHROMIUM");
const project = await serveProject();
const browser = await launchBrowser(chromium);
try {
  const editor = await openEditorPage(browser, project.url);
  await editor.run();
  await editor.instruction().fill("remove the apple");
  await editor.run();
  await editor.page.locator(".first-steps .button").click();
  const screenshot = await editor.page.screenshot();
  await sharp(screenshot).webp({ quality: 90, effort: 6 }).toFile(file);
} finally {
  await browser.close();
  await project.stop();
}
