import type { ActionId } from "../../packages/editor-ui/src/commands/actions.ts";
import type { EditorPage } from "./editor-page.ts";

/** How one action is tried: what comes before it, and what must be so after it. */
export interface ActionFlow {
  /** Until the action can be called: by a key, or from the menu that `on` opens. */
  before?(editor: EditorPage): Promise<unknown>;
  after?(editor: EditorPage): Promise<unknown>;
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
const hasZoom = (shown: RegExp) => (editor: EditorPage) =>
  editor.page.locator(".canvas-zoom").filter({ hasText: shown }).waitFor();
const link = (editor: EditorPage, port: string, isLinked: boolean) =>
  editor.page.locator(`[data-port="${port}"][data-linked="${isLinked}"]`).waitFor();

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
  letGo: {
    before: select,
    after: ({ page }) => page.locator('.node[data-selected="true"]').waitFor({ state: "detached" }),
  },
  search: { after: ({ page }) => page.getByRole("combobox", { name: "Search nodes" }).waitFor() },
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
    after: ({ page }) =>
      page
        .locator('[data-port="encode.input.image"][data-linked="true"]')
        .waitFor({ state: "detached" }),
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
  saveAs: { after: ({ page }) => page.getByRole("dialog", { name: "Save the graph" }).waitFor() },
  download: { event: "download" },
  newGraph: { after: ({ page }) => page.getByRole("tab", { name: "Untitled" }).waitFor() },
  open: { event: "filechooser" },
  history: {
    after: ({ page }) => page.getByRole("dialog", { name: "Queue and history" }).waitFor(),
  },
  viewer: { after: ({ page }) => page.locator("dialog[open]").waitFor() },
  help: { after: ({ page }) => page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor() },
};
