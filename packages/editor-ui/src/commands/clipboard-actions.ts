import { removeNodes } from "../document/edits.ts";
import type { Action } from "./action.ts";
import { copySelection, pasteFromClipboard } from "./clipboard.ts";
import { hasNodes, selectedNodes } from "./selected.ts";

/** Copying nodes within a graph, between graphs and windows, and as text. */
export const clipboardActions = {
  cut: {
    keys: ["Ctrl+X"],
    menus: ["node"],
    isPossible: hasNodes,
    run(call) {
      const nodes = selectedNodes(call);
      if (copySelection(call)) call.editor.edit(removeNodes(nodes));
    },
  },
  copy: { keys: ["Ctrl+C"], menus: ["node"], isPossible: hasNodes, run: copySelection },
  paste: { keys: ["Ctrl+V"], menus: ["canvas"], run: (call) => pasteFromClipboard(call, false) },
  pasteLinked: {
    keys: ["Ctrl+Shift+V"],
    menus: ["canvas"],
    run: (call) => pasteFromClipboard(call, true),
  },
} satisfies Record<string, Action>;
