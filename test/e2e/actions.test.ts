import { afterAll, afterEach, describe, expect, test } from "vitest";
import type { Action } from "../../packages/editor-ui/src/commands/action.ts";
import { type ActionId, actionList } from "../../packages/editor-ui/src/commands/actions.ts";
import { actionFlows } from "./action-flows.ts";
import { type EditorPage, emptySpot, middleOfLink } from "./editor-page.ts";
import { isBrowserMissing, serveEditor } from "./serve-editor.ts";

/** Every way to call every action: each of its keys, and each menu that lists it. */
const routes = actionList.flatMap(([id, { keys, menus = [] }]: readonly [ActionId, Action]) => [
  ...keys.map((key) => {
    return [id, `by ${key}`, undefined, (editor: EditorPage) => press(editor, key)] as const;
  }),
  ...menus.map((menu) => {
    const call = (editor: EditorPage) => pick(editor, menu, id);
    return [id, `in the menu of a ${menu}`, menu, call] as const;
  }),
]);

describe.skipIf(isBrowserMissing)("every action by every key and menu", () => {
  let editor: EditorPage;

  serveEditor({ server: "file", page: "file" }, async (served) => {
    ({ editor } = served);
    await editor.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await editor.page.getByRole("button", { name: "Skip" }).click();
  });

  /** Back to the graph as it was opened, with nothing open and nothing selected. */
  afterEach(async () => {
    const { page } = editor;
    for (const _ of [1, 2, 3]) await page.keyboard.press("Escape");
    while ((await page.locator(".save-state").textContent()) !== "saved") {
      await page.keyboard.press("Control+z");
    }
    await page.keyboard.press("f");
  });

  afterAll(() => expect(editor.faults).toEqual([]));

  test.each(routes)("%s %s", async (id, _name, menu, call) => {
    const flow = actionFlows[id];
    await flow.before?.(editor);
    const event = flow.event === undefined ? undefined : waitFor(editor, flow.event);
    await call(editor);
    await event;
    await flow.after?.(editor, menu);
  });
});

function waitFor({ page }: EditorPage, event: "download" | "filechooser"): Promise<unknown> {
  return event === "download" ? page.waitForEvent("download") : page.waitForEvent("filechooser");
}

async function press({ page }: EditorPage, key: string): Promise<void> {
  await page.keyboard.press(
    key.replace("Ctrl", "Control").replace(/^([A-Z])$/, (one) => one.toLowerCase()),
  );
}

/** Opens the menu of a node, a link or the canvas, and chooses an action there. */
async function pick({ node, page }: EditorPage, menu: string, id: ActionId): Promise<void> {
  const places: Readonly<Record<string, () => Promise<unknown>>> = {
    node: async () => {
      const isFolded = (await node("group").count()) > 0;
      const isSelected =
        (await page.locator('[data-node="decode"][data-selected="true"]').count()) > 0;
      if (id === "paintMask") {
        await node("source").locator(".node-header").click({ button: "right" });
        return;
      }
      const on = isFolded ? "group" : isSelected ? "decode" : "encode";
      await node(on).locator(".node-header").click({ button: "right" });
    },
    canvas: async () => {
      const { x, y } = await emptySpot(page);
      await page.mouse.click(x, y, { button: "right" });
    },
    mark: async () => {
      if ((await page.locator(".note").count()) === 0) {
        for (const key of ["n", "Escape"]) await page.keyboard.press(key);
      }
      await page.locator('[data-mark="note"]').click({ button: "right" });
    },
    port: () => page.locator('[data-port="encode.output.latent"]').click({ button: "right" }),
    run: () =>
      page
        .locator(id === "cancelRun" ? ".run-card >> nth=-1" : ".run-card >> nth=0")
        .click({ button: "right" }),
    link: async () => {
      const { x, y } = await middleOfLink(page, "encode", "image");
      await page.mouse.click(x, y, { button: "right" });
    },
  };
  await places[menu]?.();
  await page.locator(`.menu [data-action="${id}"]`).click();
}
