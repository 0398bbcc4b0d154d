import { nodeOf } from "../document/edits.ts";
import { pictureOf } from "../state/add-mask.ts";
import { graphOf } from "../state/editor-state.ts";
import type { Action, ActionCall } from "./action.ts";
import { selectedNodes } from "./selected.ts";

/** Making masks by hand. */
export const maskActions = {
  paintMask: {
    keys: ["P"],
    menus: ["node"],
    isPossible: (call) => openerOf(call) !== undefined,
    run: (call) => call.editor.paintMask(openerOf(call)),
  },
} satisfies Record<string, Action>;

/** The selected node, where it opens a picture. */
function openerOf(call: ActionCall): string | undefined {
  const [id] = selectedNodes(call);
  const state = call.editor.store.get();
  const node = id === undefined ? undefined : nodeOf(graphOf(state), id);
  return node !== undefined && pictureOf(node, state.catalogue) !== undefined ? id : undefined;
}
