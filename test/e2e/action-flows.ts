import { expect } from "vitest";
import type { ActionId } from "../../packages/editor-ui/src/commands/actions.ts";
import { type EditorPage, middleOfLink } from "./editor-page.ts";

/** How one action is tried: what comes before it, and what must be so after it. */
export interface ActionFlow {
  /** Until the action can be called: by a key, or from the menu that `on` opens. */
  before?(editor: EditorPage): Promise<unknown>;
  /** @param menu the menu it was chosen from, if not by a key */
  after?(editor: EditorPage, menu?: string): Promise<unknown>;
  /** What the browser itself must answer the action with. */
  readonly event?: "download" | "filechooser";
}

const select = ({ node }: EditorPage) => node("encode").locator(".node-header").click();
const remove = async (editor: EditorPage) => {
  await select(editor);
  await editor.page.keyboard.press("Delete");
  await editor.node("encode").waitFor({ state: "detached" });
};
const copy = async (editor: EditorPage) => {
  await select(editor);
  await editor.page.keyboard.press("Control+c");
};
const appears = (id: string) => (editor: EditorPage) => editor.node(id).waitFor();
const goes = (id: string) => (editor: EditorPage) => editor.node(id).waitFor({ state: "detached" });
const hasStatus = (status: string) => (editor: EditorPage) =>
  editor.page.locator(`[data-node="encode"][data-status="${status}"]`).waitFor();
const isAdded = (name: string) => (editor: EditorPage) =>
  editor.page.locator(".notice", { hasText: name }).waitFor();
const hasZoom = (shown: RegExp) => (editor: EditorPage) =>
  editor.page.locator(".canvas-zoom").filter({ hasText: shown }).waitFor();
const link = (editor: EditorPage, port: string, isLinked: boolean) =>
  editor.page.locator(`[data-port="${port}"][data-linked="${isLinked}"]`).waitFor();

const selectNodes = async ({ node }: EditorPage, ids: readonly string[]) => {
  for (const [at, id] of ids.entries()) {
    await node(id)
      .locator(".node-header")
      .click({ modifiers: at === 0 ? [] : ["Shift"] });
  }
};
const selectPair = (editor: EditorPage) => selectNodes(editor, ["decode", "restore"]);
const fold = async (editor: EditorPage) => {
  await selectPair(editor);
  await editor.page.keyboard.press("g");
  await editor.page.keyboard.press("Enter");
  await editor.node("group").waitFor();
};
const selectTwo = (editor: EditorPage) => selectNodes(editor, ["encode", "sample"]);
/** Where a node lies on the canvas. */
const placeOf = ({ node }: EditorPage, id: string) =>
  node(id).evaluate((element) => {
    const { m41: x, m42: y } = new DOMMatrix(
      getComputedStyle(element.parentElement ?? element).transform,
    );
    return { x, y };
  });
const isAt = (id: string, x: number) => (editor: EditorPage) =>
  expect.poll(async () => (await placeOf(editor, id)).x).toBe(x);
const isMoved = ({ page }: EditorPage) =>
  page.locator(".save-state", { hasText: "not saved" }).waitFor();
const move = async ({ node, page }: EditorPage) => {
  const box = await node("encode").locator(".node-header").boundingBox();
  if (box === null) throw new Error("the node is not drawn");
  await page.mouse.move(box.x + 20, box.y + 8);
  await page.mouse.down();
  await page.mouse.move(box.x + 57, box.y + 91, { steps: 4 });
  await page.mouse.up();
};

const selectEncodeLink = async ({ page }: EditorPage) => {
  const { x, y } = await middleOfLink(page, "encode", "image");
  await page.mouse.click(x, y);
  await page.locator('.link[data-look="selected"]').waitFor();
};
const isSelectedElsewhere = ({ page }: EditorPage) =>
  page.locator('.node[data-selected="true"]:not([data-node="encode"])').waitFor();
const isEdited = ({ page }: EditorPage) =>
  page.locator(".save-state").filter({ hasText: "not saved" }).waitFor();

const opens = (name: string) => (editor: EditorPage) =>
  editor.page.getByRole("dialog", { name }).waitFor();

/** A flow for each action of the table: one without a flow does not compile. */
export const actionFlows: Readonly<Record<ActionId, ActionFlow>> = {
  run: {
    after: async ({ page }) => {
      await page.locator(".run-card").first().waitFor();
      await page.keyboard.press("Shift+Escape");
    },
  },
  runToHere: {
    before: select,
    after: async ({ page }) => {
      await page.locator(".run-card").first().waitFor();
      await page.keyboard.press("Shift+Escape");
    },
  },
  cancel: {
    before: async ({ page }) => {
      await page.keyboard.press("Control+Enter");
      await page
        .locator('.run-card:is([data-phase="running"], [data-phase="queued"])')
        .last()
        .waitFor();
    },
    after: ({ page }) => page.locator('.run-card[data-phase="cancelled"]').last().waitFor(),
  },
  compareRun: {
    before: async (editor) => {
      for (const _ of [1, 2]) await editor.run();
      await editor.page.locator(".run-card").last().click();
    },
    after: ({ page }) =>
      expect.poll(() => page.locator('.run-card[aria-pressed="true"]').count()).toBe(2),
  },
  openRunGraph: {
    before: ({ page }) => page.locator(".run-card").first().waitFor(),
    after: async ({ page }) => {
      await expect.poll(() => page.getByRole("tab").count()).toBeGreaterThan(1);
      const first = page.getByTitle("insightedit.json", { exact: true });
      await first.click();
      await expect.poll(() => first.getAttribute("aria-selected")).toBe("true");
    },
  },
  cancelRun: {
    before: async ({ instruction, page }) => {
      // What ran before would be over before anybody could cancel it.
      await instruction().fill("turn the apple green");
      await page.keyboard.press("Control+Enter");
    },
    after: ({ page }) => page.locator('.run-card[data-phase="cancelled"]').last().waitFor(),
  },
  leadLink: {
    before: selectEncodeLink,
    after: ({ page }) => page.locator('[data-into="encode"] .link-stop').first().waitFor(),
  },
  straightenLink: {
    before: async (editor) => {
      await selectEncodeLink(editor);
      await editor.page.keyboard.press("Shift+L");
      await editor.page.locator('[data-into="encode"] .link-stop').waitFor();
    },
    after: ({ page }) =>
      page.locator('[data-into="encode"] .link-stop').waitFor({ state: "detached" }),
  },
  addAtPort: { after: opens("Add a compatible node") },
  unlinkPort: { after: (editor) => link(editor, "encode.output.latent", false) },
  nameOutput: { after: isEdited },
  letGo: {
    before: select,
    after: ({ page }) => page.locator('.node[data-selected="true"]').waitFor({ state: "detached" }),
  },
  search: { after: ({ page }) => page.getByRole("combobox", { name: "Search nodes" }).waitFor() },
  find: {
    after: async ({ page }) => {
      await page.getByRole("combobox", { name: "Search nodes" }).fill("comprehension");
      await page.keyboard.press("Enter");
      await page.locator('[data-node="comprehension"][data-selected="true"]').waitFor();
    },
  },
  rename: {
    before: select,
    after: async ({ node, page }) => {
      await page.getByRole("textbox", { name: "Rename" }).fill("To latent");
      await page.keyboard.press("Enter");
      await node("encode").locator(".node-title", { hasText: "To latent" }).waitFor();
    },
  },
  replace: {
    before: select,
    after: async ({ page }) => {
      const dialog = page.getByRole("dialog", { name: "Replace with" });
      await dialog.getByText("Lose some links").waitFor();
    },
  },
  insert: {
    before: selectEncodeLink,
    after: async (editor) => {
      const { page } = editor;
      await page.getByRole("combobox", { name: "Search nodes" }).fill("resize");
      await page.keyboard.press("Enter");
      await link(editor, "resize.input.image", true);
      await link(editor, "encode.input.image", true);
    },
  },
  fold: { before: selectPair, after: appears("group") },
  unfold: { before: fold, after: goes("group") },
  enter: {
    before: fold,
    after: async (editor) => {
      await editor.node("$inputs").waitFor();
      await editor.page.keyboard.press("Shift+E");
    },
  },
  leave: {
    before: async (editor) => {
      await fold(editor);
      await editor.page.keyboard.press("e");
      await editor.node("$outputs").waitFor();
    },
    after: appears("group"),
  },
  saveNode: {
    before: fold,
    after: opens("Save as a reusable node"),
  },
  openNodeFile: {
    before: async (editor) => {
      const { node, page } = editor;
      await fold(editor);
      await node("group").locator(".node-header").click({ button: "right" });
      await page.locator('.menu [data-action="saveNode"]').click();
      await page.getByRole("textbox", { name: "Name of the node" }).fill("kept");
      await page.keyboard.press("Enter");
      await page.getByText("Saved to nodes/kept.json.").waitFor();
      await page.keyboard.press("Escape");
    },
    after: async ({ node, page }) => {
      await page.getByRole("tab", { name: "kept" }).waitFor();
      await page.getByTitle("insightedit.json", { exact: true }).click();
      await node("group").waitFor();
    },
  },
  ablation: { after: opens("Variants and ablations") },
  variantReplaced: { before: select, after: opens("Add a variant that replaces it with") },
  variantBypassed: { before: select, after: isAdded("without") },
  variantMuted: { before: select, after: isAdded("muted") },
  leaveVariant: {
    async before(editor) {
      const { page } = editor;
      await select(editor);
      await page.keyboard.press("Shift+M");
      await page.keyboard.press("x");
      await page.getByRole("button", { name: /^Show the graph as .* muted/ }).click();
      await hasStatus("muted")(editor);
    },
    after: ({ page }) =>
      page.locator('[data-node="encode"]:not([data-status="muted"])').first().waitFor(),
  },
  paintMask: {
    before: ({ node }) => node("source").locator(".node-header").click(),
    after: async ({ page }) => {
      await page.getByRole("dialog", { name: "Paint a mask" }).locator("canvas").waitFor();
      await page.keyboard.press("Escape");
    },
  },
  arrange: { before: move, after: isAt("encode", 280) },
  alignLeft: { before: selectTwo, after: isAt("encode", 272) },
  alignCentre: { before: selectTwo, after: isMoved },
  alignRight: { before: selectTwo, after: isMoved },
  alignTop: { before: selectTwo, after: isMoved },
  alignMiddle: { before: selectTwo, after: isMoved },
  alignBottom: { before: selectTwo, after: isMoved },
  distributeAcross: {
    before: (editor) => selectNodes(editor, ["encode", "save", "sample"]),
    after: isMoved,
  },
  distributeDown: {
    before: (editor) => selectNodes(editor, ["encode", "save", "sample"]),
    after: isMoved,
  },
  snap: {
    after: async (editor) => {
      await move(editor);
      expect(await placeOf(editor, "encode")).toSatisfy(({ x, y }) => x % 16 === 0 && y % 16 === 0);
      await editor.page.keyboard.press("Shift+G");
    },
  },
  frame: {
    before: select,
    after: async ({ page }) => {
      await page.keyboard.type("To latents");
      await page.keyboard.press("Enter");
      await page.locator(".frame-head", { hasText: "To latents" }).waitFor();
    },
  },
  note: {
    after: async ({ page }) => {
      await page.getByRole("textbox", { name: "Text of the note" }).fill("## Why\n\n- because");
      await page.keyboard.press("Escape");
      await page.locator(".note li", { hasText: "because" }).waitFor();
    },
  },
  write: {
    before: async ({ page }) => {
      await page.keyboard.press("n");
      await page.getByRole("textbox", { name: "Text of the note" }).fill("one");
      await page.keyboard.press("Escape");
    },
    after: ({ page }) => page.getByRole("textbox", { name: "Text of the note" }).waitFor(),
  },
  undo: { before: remove, after: appears("encode") },
  redo: {
    before: async (editor) => {
      await remove(editor);
      await editor.page.keyboard.press("Control+z");
      await editor.node("encode").waitFor();
    },
    after: goes("encode"),
  },
  cut: { before: select, after: goes("encode") },
  copy: {
    before: select,
    after: async (editor) => {
      await editor.page.keyboard.press("Control+v");
      await editor.node("encode-2").waitFor();
    },
  },
  paste: {
    before: copy,
    after: (editor) => link(editor, "encode-2.input.image", false),
  },
  pasteLinked: {
    before: copy,
    after: (editor) => link(editor, "encode-2.input.image", true),
  },
  duplicate: { before: select, after: (editor) => link(editor, "encode-2.input.image", true) },
  remove: {
    before: select,
    after: ({ page }, menu) => {
      const gone =
        menu === "mark" ? ".note" : '[data-port="encode.input.image"][data-linked="true"]';
      return page.locator(gone).waitFor({ state: "detached" });
    },
  },
  bypass: { before: select, after: hasStatus("bypassed") },
  mute: { before: select, after: hasStatus("muted") },
  selectAll: {
    after: ({ page }) => page.getByRole("heading", { name: "12 nodes selected" }).waitFor(),
  },
  fit: {
    before: ({ page }) => page.keyboard.press("1"),
    after: hasZoom(/^(?!100 %)/),
  },
  actualSize: { after: hasZoom(/^100 %$/) },
  zoomIn: {
    before: ({ page }) => page.keyboard.press("1"),
    after: hasZoom(/^120 %$/),
  },
  zoomOut: {
    before: ({ page }) => page.keyboard.press("1"),
    after: hasZoom(/^83 %$/),
  },
  save: { after: ({ page }) => page.getByText("Saved to insightedit.json").waitFor() },
  saveAs: { after: opens("Save the graph") },
  download: { event: "download" },
  share: { after: opens("Share this graph") },
  closeGraph: {
    after: ({ page }) =>
      page.getByRole("tab", { name: "insightedit" }).waitFor({ state: "detached" }),
  },
  newGraph: { after: ({ page }) => page.getByRole("tab", { name: "Untitled" }).waitFor() },
  open: { event: "filechooser" },
  start: { after: opens("What would you like to do?") },
  history: { after: opens("Queue and history") },
  cluster: { after: opens("Workers") },
  tables: { after: opens("Tables of the latest run") },
  datasets: { after: opens("Browse a data set") },
  viewer: { after: ({ page }) => page.locator("dialog[open]").waitFor() },
  palette: { after: opens("All actions") },
  linkByKeys: {
    before: select,
    after: async ({ page }) => {
      await page.getByRole("dialog", { name: "Link this node" }).waitFor();
      await page.getByRole("option", { name: /→ Sample \(sample\) source/ }).waitFor();
    },
  },
  walkPorts: {
    before: select,
    after: ({ page }) => page.locator('[data-port="encode.input.image"]:focus').waitFor(),
  },
  walkLeft: { before: select, after: isSelectedElsewhere },
  walkRight: { before: select, after: isSelectedElsewhere },
  walkUp: { before: select, after: isSelectedElsewhere },
  walkDown: { before: select, after: isSelectedElsewhere },
  moveLeft: { before: select, after: isEdited },
  moveRight: { before: select, after: isEdited },
  moveUp: { before: select, after: isEdited },
  moveDown: { before: select, after: isEdited },
  app: {
    after: async ({ page }) => {
      await page.getByRole("region", { name: "App" }).getByLabel("instruction").waitFor();
      await page.keyboard.press("Shift+A");
      await page.getByRole("region", { name: "App" }).waitFor({ state: "detached" });
    },
  },
  settings: { after: opens("Settings") },
  help: { after: opens("Keyboard shortcuts") },
};
