import { afterAll, describe, expect, test } from "vitest";
import { type EditorPage, runTimeoutMs } from "./editor-page.ts";
import { isBrowserMissing, serveEditor } from "./serve-editor.ts";

describe.skipIf(isBrowserMissing)("the graph as an app", { timeout: runTimeoutMs }, () => {
  let editor: EditorPage;

  serveEditor({ server: "file", page: "file" }, async (served) => {
    ({ editor } = served);
    await editor.page.getByRole("button", { name: "Skip" }).click();
    await editor.page.getByRole("button", { name: "App", exact: true }).click();
  });

  afterAll(() => expect(editor.faults).toEqual([]));

  const app = () => editor.page.getByRole("region", { name: "App" });

  test("a picture is edited without seeing a node", async () => {
    const { page } = editor;
    await app().getByLabel("instruction").fill("remove the apple");
    await app().getByRole("button", { name: "Run" }).click();
    await app().locator('.compare-picture[alt="result"]').waitFor({ timeout: runTimeoutMs });
    await app().locator(".app-output img").first().waitFor();
    await editor.shoot("app");
    await page.setViewportSize({ width: 390, height: 844 });
    await editor.shoot("app-390");
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  test("a setting is shown in the app once it is pinned, and an output once it is named", async () => {
    const { node, page } = editor;
    await app().getByText("More settings").click();
    expect(await app().getByLabel("threshold", { exact: true }).count()).toBe(0);
    await app().getByRole("button", { name: "Show the graph" }).click();
    await node("restore").locator(".node-header").click();
    await page.getByRole("button", { name: "Show threshold in the app" }).click();
    await page.locator('[data-port="source.output.image"]').click({ button: "right" });
    await page.locator('.menu [data-action="nameOutput"]').click();
    await page.getByRole("button", { name: "App", exact: true }).click();
    await app().getByText("More settings").click();
    await app().getByLabel("threshold", { exact: true }).waitFor();
    await app().getByRole("img", { name: "image", exact: true }).waitFor();
  });
});
