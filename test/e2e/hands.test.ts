import type { Browser, Page } from "playwright-core";
import { afterEach, describe, expect, test } from "vitest";
import { type EditorPage, middleOfLink, openEditorPage } from "./editor-page.ts";
import { isBrowserMissing, serveEditor } from "./serve-editor.ts";
import type { ServedProject } from "./serve-project.ts";

/** The nodes that a node lies over. */
function nodesUnder(page: Page, id: string): Promise<string[]> {
  return page.evaluate((of) => {
    const boxOf = (node: Element) => node.getBoundingClientRect();
    const nodes = [...document.querySelectorAll<HTMLElement>(".node")];
    const own = nodes.find(({ dataset }) => dataset["node"] === of);
    if (own === undefined) throw new Error("the node is not drawn");
    const { left, right, top, bottom } = boxOf(own);
    return nodes.flatMap((node) => {
      const box = boxOf(node);
      const isApart = box.right < left || box.left > right || box.bottom < top || box.top > bottom;
      return node === own || isApart ? [] : (node.dataset["node"] ?? "");
    });
  }, id);
}

describe.skipIf(isBrowserMissing)("the editing hands", () => {
  let project: ServedProject;
  let browser: Browser;
  let editor: EditorPage;

  serveEditor({ server: "test", page: "test" }, (served) => {
    ({ browser, project, editor } = served);
  });

  afterEach(() => expect(editor.faults).toEqual([]));

  const search = (words: string) =>
    editor.page.getByRole("combobox", { name: "Search nodes" }).fill(words);
  const isLinked = (port: string) =>
    editor.page.locator(`[data-port="${port}"][data-linked="true"]`).waitFor();

  test("a component is swapped for one that keeps its links", async () => {
    const { node, page } = editor;
    await node("restore").locator(".node-header").click();
    await page.keyboard.press("r");
    await search("blend");
    await editor.shoot("replace-with");
    await page.keyboard.press("Enter");
    await node("restore").locator(".node-title", { hasText: "Blend" }).waitFor();
    await isLinked("compare.input.after");
    await isLinked("save.input.image");
  });

  test("a component without an equal is swapped after a word of what is lost, in one step", async () => {
    const { node, page } = editor;
    await node("sample").locator(".node-header").click();
    await page.keyboard.press("r");
    await search("decode");
    const decode = page.locator(".search-item").first();
    await decode.getByText(/^\d+ links would be lost: .*latent → /).waitFor();
    await editor.shoot("replace-with-losses");
    await page.keyboard.press("Enter");
    await node("sample").locator(".node-title", { hasText: "Decode" }).waitFor();
    await page.keyboard.press("Control+z");
    await node("sample").locator(".node-title", { hasText: "Sample" }).waitFor();
    await isLinked("sample.output.latent");
  });

  test("mistyped words find the node", async () => {
    const { page } = editor;
    for (const typed of ["rsz", "resise"]) {
      await page.keyboard.press("Space");
      await search(typed);
      await expect
        .poll(() => page.locator(".search-item .search-type").first().textContent())
        .toBe("image.resize");
      await page.keyboard.press("Escape");
    }
    await page.keyboard.press("Space");
    await search("rsz");
    await page.keyboard.press("Enter");
    await editor.node("resize").waitFor();
    await page.locator(".canvas-area").click({ position: { x: 900, y: 600 } });
    await page.keyboard.press("Space");
    await page.locator(".search-group", { hasText: "Recent" }).waitFor();
    await editor.shoot("search-recent");
  });

  /** The first steps lie over the canvas until they are skipped. */
  const closeGuide = async () => {
    const skip = editor.page.getByRole("button", { name: "Skip" });
    if ((await skip.count()) > 0) await skip.click();
  };

  test("a node that is let go on a link comes between its ends", async () => {
    const { node, page } = editor;
    await closeGuide();
    await page.locator(".canvas-area").click({ position: { x: 500, y: 640 } });
    await page.keyboard.press("Space");
    await search("resize");
    await page.keyboard.press("Enter");
    const box = await node("resize").locator(".node-header").boundingBox();
    const { x, y } = await middleOfLink(page, "encode", "image");
    if (box === null) throw new Error("the node is not drawn");
    await page.mouse.move(box.x + 20, box.y + 8);
    await page.mouse.down();
    await page.mouse.move(x, y, { steps: 6 });
    await page.mouse.up();
    await isLinked("resize.input.image");
    await page.keyboard.press("Control+z");
    await page.locator('[data-port="resize.input.image"][data-linked="false"]').waitFor();
  });

  test("a link that is let go where it does not fit can be converted", async () => {
    const { page } = editor;
    await closeGuide();
    const drop = async (from: string, to: string) => {
      const ends = [from, to].map((port) => page.locator(`[data-port="${port}"]`).boundingBox());
      const [start, end] = await Promise.all(ends);
      if (!start || !end) throw new Error("the ports are not drawn");
      await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
      await page.mouse.down();
      await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 6 });
      await page.mouse.up();
    };
    await drop("source.output.image", "sample.input.source");
    await page.getByRole("dialog", { name: "Convert the link with" }).waitFor();
    await page.getByText("cannot flow into").waitFor();
    await search("encode");
    await page.keyboard.press("Enter");
    await isLinked("encode-2.input.image");
    await isLinked("encode-2.output.latent");
    await page.keyboard.press("Control+z");
    await editor.node("encode-2").waitFor({ state: "detached" });
    await page.keyboard.press("Escape");
  });

  test("a box that is drawn with Shift selects the nodes it touches", async () => {
    const { node, page } = editor;
    const box = await node("compare").boundingBox();
    const other = await node("save").boundingBox();
    if (box === null || other === null) throw new Error("the nodes are not drawn");
    await page.keyboard.down("Shift");
    await page.mouse.move(box.x + box.width + 12, box.y - 12);
    await page.mouse.down();
    await page.mouse.move(other.x + 30, other.y + 20, { steps: 4 });
    await editor.shoot("rubber-band");
    await page.mouse.up();
    await page.keyboard.up("Shift");
    await page.getByRole("heading", { name: "2 nodes selected" }).waitFor();
  });

  test("nodes and a picture go from one window to another over the clipboard", async () => {
    const { node, page } = editor;
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await node("encode").locator(".node-header").click();
    await page.keyboard.press("Control+c");
    const text = await page.evaluate<string>("navigator.clipboard.readText()");
    expect(JSON.parse(text)).toMatchObject({ format: "insightgraph", nodes: { encode: {} } });
    const second = await openEditorPage(browser, project.url);
    await second.page.evaluate(
      `(() => {
        const data = new DataTransfer();
        data.setData("text/plain", ${JSON.stringify(text)});
        document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data }));
      })()`,
    );
    await second.node("encode-2").waitFor();
    await second.page.evaluate(`(async () => {
      const canvas = new OffscreenCanvas(32, 32);
      canvas.getContext("2d").fillRect(0, 0, 9, 9);
      const data = new DataTransfer();
      data.items.add(new File([await canvas.convertToBlob()], "mine.png", { type: "image/png" }));
      document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data }));
    })()`);
    await second.node("load-2").or(second.node("load")).first().waitFor();
    expect(second.faults).toEqual([]);
  });

  test("a frame takes its nodes along and keeps its title and colour", async () => {
    const { node, page } = editor;
    await node("compare").locator(".node-header").click();
    await node("save")
      .locator(".node-header")
      .click({ modifiers: ["Shift"] });
    await page.keyboard.press("Shift+F");
    await page.keyboard.type("Out");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Colour: pink" }).click();
    await page.keyboard.press("n");
    await page.keyboard.type("**Two** ways out:\n\n- compare\n- save");
    await page.keyboard.press("Escape");
    await page.locator(".note strong", { hasText: "Two" }).waitFor();
    await editor.shoot("frame-and-note");
    const before = await node("save").boundingBox();
    const head = await page.locator(".frame-head").boundingBox();
    if (head === null || before === null) throw new Error("the frame is not drawn");
    await page.mouse.move(head.x + 40, head.y + 6);
    await page.mouse.down();
    await page.mouse.move(head.x + 40, head.y + 66, { steps: 4 });
    await page.mouse.up();
    await expect
      .poll(async () => Math.round(((await node("save").boundingBox())?.y ?? 0) - before.y))
      .toBe(60);
  });

  test("nodes fold into one that runs, opens, gets a port and unfolds", async () => {
    const { node, page } = editor;
    await node("decode").locator(".node-header").click();
    await node("restore")
      .locator(".node-header")
      .click({ modifiers: ["Shift"] });
    await page.keyboard.press("g");
    await page.keyboard.type("To picture");
    await page.keyboard.press("Enter");
    await node("group").locator(".node-title", { hasText: "To picture" }).waitFor();
    expect(await nodesUnder(page, "group")).toEqual([]);
    await editor.run();
    expect(await node("group").getAttribute("data-status")).toBe("done");
    await node("group").locator(".node-title").dblclick();
    await page.locator('[data-node="decode"][data-status="done"]').waitFor();
    await editor.shoot("open-subgraph");
    await node("$outputs").locator(".node-header").click();
    await page.getByRole("textbox", { name: "Name of image", exact: true }).fill("edited");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "InsightEdit", exact: true }).click();
    await isLinked("group.output.edited");
    await isLinked("compare.input.after");
    await page.reload();
    await isLinked("group.output.edited");
    await node("group").locator(".node-header").click();
    await page.keyboard.press("Shift+U");
    await node("restore").waitFor();
    for (let step = 0; step < 4; step++) await page.keyboard.press("Control+z");
    await node("restore").waitFor();
    await node("group").waitFor({ state: "detached" });
  });

  test("an error inside a folded node is shown on it, and inside it where it happened", async () => {
    const { node, page } = editor;
    await node("comprehension").locator(".node-header").click();
    await node("text-bridge")
      .locator(".node-header")
      .click({ modifiers: ["Shift"] });
    await page.keyboard.press("g");
    await page.keyboard.press("Enter");
    await editor.instruction().fill("tune xylophone");
    await editor.run();
    await page.locator('[data-node="group"][data-status="failed"]').waitFor();
    expect(await node("group").locator(".node-failure").textContent()).toContain("xylophone");
    await page.locator(".notice").getByRole("button", { name: "Close" }).click();
    await node("group").locator(".node-title").dblclick();
    await page.locator('[data-node="comprehension"][data-status="failed"]').waitFor();
    expect(await node("text-bridge").getAttribute("data-status")).not.toBe("failed");
  });

  test("a double click on its title renames a node", async () => {
    const { node, page } = editor;
    await node("encode").locator(".node-title").dblclick();
    await page.keyboard.type("To latents");
    await page.keyboard.press("Enter");
    await node("encode").locator(".node-title", { hasText: "To latents" }).waitFor();
  });

  test("an edit outdates the results after it, in sight and in words", async () => {
    const { node, page } = editor;
    await editor.run();
    await node("sample").locator(".node-header").click();
    const steps = page.getByRole("textbox", { name: "steps" });
    await steps.fill("6");
    await page.locator('[data-node="save"][data-stale="true"]').waitFor();
    expect(await node("encode").getAttribute("data-stale")).toBe("false");
    expect(await node("decode").getAttribute("aria-label")).toContain("outdated");
    await editor.shoot("outdated");
    await editor.run();
    await page.locator('[data-node="save"][data-stale="false"][data-status="done"]').waitFor();
  });

  test("a wrong entry keeps its text and says why, until it is mended", async () => {
    const { node, page } = editor;
    await node("sample").locator(".node-header").click();
    const steps = page.getByRole("textbox", { name: "steps" });
    const before = await steps.inputValue();
    await steps.fill("9000");
    await steps.blur();
    expect(await steps.inputValue()).toBe("9000");
    await page.getByText(`${before} is used until then.`).waitFor();
    await steps.fill("7");
    await page.getByText("is used until then.").waitFor({ state: "detached" });
    await steps.fill("x");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+z");
    await expect.poll(() => steps.inputValue()).toBe(before);
  });

  test("a link that is dropped on a node ends at a port or a param of it", async () => {
    const { node, page } = editor;
    await closeGuide();
    await page.locator(".canvas-area").click({ position: { x: 500, y: 640 } });
    await page.keyboard.press("Space");
    await search("whole number");
    await page.keyboard.press("Enter");
    await node("integer").waitFor();
    const from = await node("integer").locator('[data-side="output"][data-port]').boundingBox();
    const to = await node("sample").locator(".node-header").boundingBox();
    if (from === null || to === null) throw new Error("the nodes are not drawn");
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(to.x + 30, to.y + 10, { steps: 5 });
    await page.mouse.up();
    await page.getByRole("dialog", { name: "Link to" }).waitFor();
    await search("steps");
    await page.keyboard.press("Enter");
    await isLinked("sample.input.steps");
  });
});
