import type { ReactNode } from "react";
import { saveAsNode, selectedSubgraph } from "../commands/node-files.ts";
import { tellSaved } from "../commands/save-graph.ts";
import { words } from "../messages/messages.ts";
import type { Editor } from "../state/editor.ts";
import { useStore } from "../state/store.ts";
import { AskFile } from "./ask-file.tsx";

/** Asks into which file of the workspace the graph, or a part of it as a node, is written. */
export function SaveDialogs({ editor }: { readonly editor: Editor }): ReactNode {
  const isSaving = useStore(editor.store, (state) => state.openPanels.has("save"));
  const isSavingNode = useStore(editor.store, (state) => state.openPanels.has("save-node"));
  if (isSaving) return <SaveGraph editor={editor} />;
  return isSavingNode ? <SaveNode editor={editor} /> : null;
}

function SaveGraph({ editor }: { readonly editor: Editor }): ReactNode {
  const { file, name = words.untitled } = editor.store.get().document ?? {};
  const close = () => editor.closePanel("save");
  return (
    <AskFile
      title={words.saveAsTitle}
      label={words.fileName}
      file={file ?? `${name.replace(/[/\\]/g, "-")}.json`}
      close={close}
      save={async (asked, isOverwriting) => {
        const outcome = await editor.saveDocument(asked, isOverwriting);
        if (outcome === "file-exists" || outcome === "file-changed") return outcome;
        close();
        if (outcome === "saved") tellSaved(editor);
        return undefined;
      }}
    />
  );
}

function SaveNode({ editor }: { readonly editor: Editor }): ReactNode {
  const subgraph = selectedSubgraph(editor.store.get());
  const close = () => editor.closePanel("save-node");
  if (subgraph === undefined) return null;
  return (
    <AskFile
      title={words.saveNodeTitle}
      label={words.nodeName}
      file={subgraph.title.replace(/[/\\]/g, "-")}
      close={close}
      save={async (asked, isOverwriting) => {
        const problem = await saveAsNode(editor, subgraph.name, asked, isOverwriting);
        if (problem === undefined) close();
        return problem;
      }}
    />
  );
}
