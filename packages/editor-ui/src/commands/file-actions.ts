import { graphInFile } from "../connection/graph-in-file.ts";
import { describeThrown } from "../connection/issue-words.ts";
import type { Editor } from "../state/editor.ts";
import type { Action } from "./action.ts";
import { downloadText, pickFile } from "./file-dialogs.ts";

/** Graphs as files. */
export const fileActions = {
  save: {
    keys: ["Ctrl+S"],
    isGlobal: true,
    run: ({ editor }) => downloadText(editor.store.get().graphName, editor.saveGraph()),
  },
  open: {
    keys: ["Ctrl+O"],
    isGlobal: true,
    run: ({ editor }) => pickFile(".json,.png", (file) => openFrom(editor, file)),
  },
} satisfies Record<string, Action>;

async function openFrom(editor: Editor, file: File): Promise<void> {
  try {
    const graph = await graphInFile(file);
    if (graph !== undefined) editor.openGraph(graph, file.name);
    else editor.notify({ tone: "failed", text: `${file.name} contains no graph.` });
  } catch (thrown) {
    editor.notify({ tone: "failed", text: describeThrown(thrown) });
  }
}
