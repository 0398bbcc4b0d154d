import { type GraphDocument, parseGraph } from "@insightgraph/engine/graph";
import { produce } from "immer";
import { ServerError, UnreachableError } from "../connection/call-server.ts";
import type { DocumentsClient } from "../connection/documents-client.ts";
import { describeThrown } from "../connection/issue-words.ts";
import { fileReferences, takeReference } from "../document/node-file.ts";
import { words } from "../messages/messages.ts";
import type { DocumentLink } from "./document-link.ts";
import { type EditorState, emptyGraph } from "./editor-state.ts";
import { failure } from "./failure.ts";
import { placed } from "./graph-steps.ts";
import type { Store } from "./store.ts";

/** How saving ended: a file is only replaced, and a name only taken, when a person says so. */
export type SaveOutcome = "saved" | "needs-name" | "file-exists" | "file-changed" | "failed";

interface ActionOptions {
  readonly store: Store<EditorState>;
  readonly link: DocumentLink;
  readonly documents: DocumentsClient;
}

/** Opening, closing and saving of documents; what fails is told in words. */
export function documentActions({ store, link, documents }: ActionOptions) {
  const { get, set } = store;
  const fail = (thrown: unknown, text?: string) =>
    set((state) => ({ ...state, notice: failure(thrown, text) }));
  const show = (id: string) => set((state) => ({ ...state, wanted: id }));
  const guard = async (what: string, task: () => Promise<unknown>): Promise<void> => {
    try {
      await task();
    } catch (thrown) {
      fail(thrown, words.couldNotOpen(what, describeThrown(thrown)));
    }
  };
  const create = async (name: string, graph: GraphDocument) => {
    const read = await withNodeFiles(graph, documents);
    show((await documents.create(titleOf(name), placed(read, get().catalogue))).id);
  };
  const close = async (id: string): Promise<void> => {
    set((state) => ({ ...state, closing: undefined }));
    try {
      await documents.close(id);
    } catch (thrown) {
      fail(thrown);
    }
  };

  return {
    openGraph: (graph: GraphDocument, name: string) => guard(name, () => create(name, graph)),
    openFile: (file: string) => guard(file, async () => show((await documents.open(file)).id)),
    openAddress: (address: string) =>
      guard(address, async () =>
        create(lastPart(address), parseGraph(await documents.fetchGraph(address))),
      ),
    newGraph: () => guard(words.untitled, () => create(words.untitled, emptyGraph)),
    showDocument: show,
    askToClose(id: string | undefined) {
      const { documents: open, document: shown, synced } = get();
      const document = open.find((other) => other.id === id);
      const isPending = id === shown?.id && synced.pending.length > 0;
      // One without a file that nobody has edited is not worth a question.
      const isWorthless = document?.file === undefined && document?.undoSteps === 0;
      const isSafe = document?.isSaved === true || isWorthless;
      if (document !== undefined && isSafe && !isPending) void close(document.id);
      else set((state) => ({ ...state, closing: id }));
    },
    closeDocument: close,
    async saveDocument(file?: string, isOverwriting = false): Promise<SaveOutcome> {
      const { document, connection } = get();
      if (document === undefined) return "failed";
      if (document.file === undefined && file === undefined) return "needs-name";
      if (connection !== "online") {
        fail(new UnreachableError(words.serverSilent));
        return "failed";
      }
      try {
        await link.settled();
        await documents.save(document.id, file, isOverwriting);
        return "saved";
      } catch (thrown) {
        const code = thrown instanceof ServerError ? thrown.code : undefined;
        if (code === "document.file-exists") return "file-exists";
        if (code === "document.file-changed") return "file-changed";
        fail(thrown);
        return "failed";
      }
    },
  };
}

function lastPart(address: string): string {
  return decodeURI(new URL(address).pathname.split("/").at(-1) ?? "");
}

/** The server gives a name of its own ending to a file. */
function titleOf(name: string): string {
  const title = name.replace(/\.(json|png)$/i, "").slice(0, 200);
  return title === "" ? words.untitled : title;
}

/** A graph with what the files of its nodes hold; a file that cannot be read is told with all else that the graph lacks. */
async function withNodeFiles(
  graph: GraphDocument,
  documents: Pick<DocumentsClient, "reference">,
): Promise<GraphDocument> {
  let whole = graph;
  for (const [name, file] of fileReferences(graph)) {
    if (Object.keys(graph.graphs?.[name]?.nodes ?? {}).length > 0) continue;
    const read = await documents.reference(name, file).catch(() => undefined);
    if (read !== undefined) whole = produce(whole, takeReference(name, read));
  }
  return whole;
}
