import type { Action } from "./action.ts";
import { pickFile } from "./file-dialogs.ts";
import { downloadGraph, saveGraph } from "./save-graph.ts";
import { openFile } from "./start.ts";

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
  share: { keys: [], run: ({ editor }) => editor.togglePanel("share") },
  closeGraph: {
    keys: [],
    isPossible: ({ editor }) => editor.store.get().document !== undefined,
    run: ({ editor }) => editor.askToClose(editor.store.get().document?.id),
  },
  newGraph: { keys: [], run: ({ editor }) => editor.newGraph() },
  open: {
    keys: ["Ctrl+O"],
    isGlobal: true,
    run: ({ editor }) => pickFile(".json,.png", (file) => openFile(editor, file)),
  },
} satisfies Record<string, Action>;
