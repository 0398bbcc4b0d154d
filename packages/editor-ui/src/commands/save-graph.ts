import { stringifyGraph } from "@insightgraph/engine/graph";
import { words } from "../messages/messages.ts";
import type { Editor } from "../state/editor.ts";
import { documentOf } from "../state/editor-state.ts";
import { downloadText } from "./file-dialogs.ts";

/** Writes the file of the document; where that takes a decision, the person is asked. */
export async function saveGraph(editor: Editor): Promise<void> {
  const outcome = await editor.saveDocument();
  if (outcome === "saved") tellSaved(editor);
  else if (outcome !== "failed") editor.togglePanel("save");
}

/** Says into which file the document was written. */
export function tellSaved(editor: Editor): void {
  const { file = "" } = editor.store.get().document ?? {};
  editor.notify({ tone: "info", text: words.savedTo(file) });
}

/** Lets the browser save the graph as it stands; the file of the workspace stays as it is. */
export function downloadGraph(editor: Editor): void {
  const state = editor.store.get();
  downloadText(state.document?.name ?? "", stringifyGraph(documentOf(state)));
}
