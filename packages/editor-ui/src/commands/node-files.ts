import { entryOf, subgraphName, subgraphType } from "@insightgraph/engine/graph";
import { ServerError } from "../connection/call-server.ts";
import { documentsClient } from "../connection/documents-client.ts";
import { addNode, type Point } from "../document/edits.ts";
import {
  fileReferences,
  holdsReference,
  takeReference,
  toNodeFile,
} from "../document/node-file.ts";
import { createNodeId, idFromType } from "../document/node-id.ts";
import { selectNodes } from "../document/selection.ts";
import { titleOf } from "../document/variant.ts";
import { words } from "../messages/messages.ts";
import type { Editor } from "../state/editor.ts";
import { documentOf, type EditorState, graphOf } from "../state/editor-state.ts";
import { failure } from "../state/failure.ts";

/** The subgraph that the selected node runs. */
export interface SelectedSubgraph {
  readonly name: string;
  readonly title: string;
  /** The file that it is read from. */
  readonly file: string | undefined;
}

/** What the one selected node runs; undefined where that is no subgraph. */
export function selectedSubgraph(state: EditorState): SelectedSubgraph | undefined {
  const [id, ...others] = state.selection.nodes;
  const node = entryOf(graphOf(state).nodes, id ?? "");
  const name = subgraphName(node?.type ?? "");
  const body = name === undefined ? undefined : entryOf(documentOf(state).graphs, name);
  if (node === undefined || name === undefined || body === undefined || others.length > 0)
    return undefined;
  return { name, title: titleOf(node, state.catalogue), file: body.file };
}

/** Writes a subgraph into a file, from which the document takes it from then on. @returns why it was not written */
export async function saveAsNode(
  editor: Editor,
  name: string,
  file: string,
  isOverwriting: boolean,
): Promise<"file-exists" | undefined> {
  const graph = toNodeFile(documentOf(editor.store.get()), name, `nodes/${file}`);
  if (graph === undefined) return undefined;
  try {
    const named = { ...graph, name: titleOfFile(file) };
    const saved = await documentsClient.saveNode(file, named, isOverwriting);
    const read = await documentsClient.reference(name, saved);
    editor.editDocument(takeReference(name, read));
    editor.notify({ tone: "info", text: words.nodeSaved(saved) });
  } catch (thrown) {
    const isTaken = thrown instanceof ServerError && thrown.code === "document.file-exists";
    if (isTaken) return "file-exists";
    editor.notify(failure(thrown));
  }
  return undefined;
}

/** What a node of a file is called: the file, without its folder and its ending. */
export function titleOfFile(file: string): string {
  return file.replace(/^.*\/|\.json$/gi, "");
}

/** Adds a node that runs the graph of a file. */
export async function addNodeFile(editor: Editor, file: string, at: Point): Promise<void> {
  const document = documentOf(editor.store.get());
  const known = [...fileReferences(document)].find(([, other]) => other === file)?.[0];
  const title = titleOfFile(file);
  const taken = new Set(Object.keys(document.graphs ?? {}));
  const name = known ?? createNodeId(idFromType(title), taken);
  try {
    const read = await documentsClient.reference(name, file);
    const ids = new Set(Object.keys(graphOf(editor.store.get()).nodes));
    const id = createNodeId(idFromType(title), ids);
    editor.edit((draft) => {
      takeReference(name, read)(draft);
      addNode(id, { type: subgraphType(name), version: 1 }, at)(draft);
    });
    editor.select(selectNodes([id]));
  } catch (thrown) {
    editor.notify(failure(thrown));
  }
}

/** Takes what the files of a document's nodes hold now, each time the document is shown. @returns ends that */
export function followNodeFiles(editor: Editor): () => void {
  let shown: string | undefined;
  const follow = () => {
    const { document } = editor.store.get();
    if (document?.id === shown) return;
    shown = document?.id;
    for (const [name, file] of fileReferences(documentOf(editor.store.get()))) {
      void refresh(editor, name, file);
    }
  };
  follow();
  return editor.store.subscribe(follow);
}

async function refresh(editor: Editor, name: string, file: string): Promise<void> {
  const { id } = editor.store.get().document ?? {};
  // A file that cannot be read is told with all else that the graph lacks.
  const read = await documentsClient.reference(name, file).catch(() => undefined);
  const state = editor.store.get();
  if (read === undefined || state.document?.id !== id) return;
  if (fileReferences(documentOf(state)).get(name) !== file) return;
  if (holdsReference(documentOf(state), name, read)) return;
  editor.editDocument(takeReference(name, read));
  editor.notify({ tone: "info", text: words.nodeUpdated(file) });
}
