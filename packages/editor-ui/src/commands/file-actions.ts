import { graphInFile } from "../connection/graph-in-file.ts";
import { describeThrown } from "../connection/issue-words.ts";
import type { Editor } from "../state/editor.ts";
import type { Action } from "./action.ts";
import { pickFile } from "./file-dialogs.ts";
import { downloadGraph, saveGraph } from "./save-graph.ts";

/** Graphs as files. */
export const fileActions = {
  save: {
    keys: ["Ctrl+S"],
    isGlobal: true,
    run: ({ editor }) => saveGraph(editor),
  },
  saveAs: {
    keys: ["Ctrl+Shift+S"],
    isGlobal: true,
    run: ({ editor }) => editor.togglePanel("save"),
  },
  download: { keys: [], run: ({ editor }) => downloadGraph(editor) },
  newGraph: { keys: [], run: ({ editor }) => editor.newGraph() },
  open: {
    keys: ["Ctrl+O"],
    isGlobal: true,
    run: ({ editor }) => pickFile(".json,.png", (file) => openFrom(editor, file)),
  },
} satisfies Record<string, Action>;

async function openFrom(editor: Editor, file: File): Promise<void> {
  try {
    const graph = await graphInFile(file);
    if (graph !== undefined) await editor.openGraph(graph, file.name);
    else editor.notify({ tone: "failed", text: `${file.name} contains no graph.` });
  } catch (thrown) {
    editor.notify({ tone: "failed", text: describeThrown(thrown) });
  }
}
