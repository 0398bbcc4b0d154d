import { addVariant, type NewVariant } from "../document/add-variant.ts";
import { editAblation } from "../document/edit-ablation.ts";
import type { Switch } from "../document/edits.ts";
import { switchedVariant, type VariantSubject } from "../document/new-variant.ts";
import { words } from "../messages/messages.ts";
import type { Editor } from "../state/editor.ts";
import { documentOf } from "../state/editor-state.ts";
import type { Action, ActionCall } from "./action.ts";
import { hasNodes, placeForNew, selectedNodes } from "./selected.ts";

/** Variants of the graph: adding them, and looking at them. */
export const variantActions = {
  ablation: {
    keys: ["X"],
    menus: ["canvas"],
    run: ({ editor }) => editor.togglePanel("ablation"),
  },
  variantReplaced: {
    keys: ["Shift+R"],
    menus: ["node"],
    isPossible: hasNodes,
    run(call) {
      const [id] = selectedNodes(call);
      if (id === undefined) return;
      call.editor.openSearch({ ...placeForNew(call), task: { kind: "variant", id } });
    },
  },
  variantBypassed: {
    keys: ["Shift+B"],
    menus: ["node"],
    isPossible: hasNodes,
    run: (call) => addSwitched(call, "bypassed"),
  },
  variantMuted: {
    keys: ["Shift+M"],
    menus: ["node"],
    isPossible: hasNodes,
    run: (call) => addSwitched(call, "muted"),
  },
  leaveVariant: {
    keys: ["Shift+X"],
    menus: ["canvas"],
    isPossible: ({ editor }) => editor.store.get().variant !== undefined,
    run: ({ editor }) => editor.showVariant(undefined),
  },
} satisfies Record<string, Action>;

/** A node of the open level, as something of which variants can be made. */
export function subjectOf(editor: Editor, id: string): VariantSubject {
  const state = editor.store.get();
  const { level, catalogue } = state;
  return { document: documentOf(state), level, catalogue, id };
}

/** Adds a variant to the document, and says so. */
export function keepVariant(editor: Editor, variant: NewVariant): void {
  editor.editDocument(editAblation(addVariant(variant)));
  editor.notify({ tone: "info", text: words.variantAdded(variant.name) });
}

function addSwitched(call: ActionCall, name: Switch): void {
  const { editor } = call;
  const names =
    name === "bypassed"
      ? { with: words.variantWith, without: words.variantWithout }
      : { with: words.variantWith, without: words.variantMuted };
  for (const id of selectedNodes(call)) {
    keepVariant(editor, switchedVariant(subjectOf(editor, id), name, names));
  }
}
