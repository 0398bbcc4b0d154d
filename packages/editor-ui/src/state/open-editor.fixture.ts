import type { GraphDocument, NodeCatalogue } from "@insightgraph/engine/graph";
import { createFakeServer } from "../connection/fake-server.fixture.ts";
import { exampleCatalogue, exampleGraph } from "../document/example.fixture.ts";
import type { CatalogueDocs } from "../messages/docs/catalogue-docs.ts";
import { createEditor } from "./editor.ts";
import { graphOf } from "./editor-state.ts";

interface Opened {
  readonly catalogue?: NodeCatalogue;
  readonly graph?: GraphDocument;
  readonly docs?: CatalogueDocs;
}

/** An editor that a server has welcomed, and that shows the document of the served graph. */
export function openEditor(opened: Opened = {}) {
  const { catalogue = exampleCatalogue, graph = exampleGraph, docs } = opened;
  const server = createFakeServer();
  let requests = -1;
  const editor = createEditor({
    open: server.open,
    wait: server.wait,
    documents: server.documents.client,
    createRequestId: () => `q${++requests}`,
    docs,
  });
  const documentId = server.documents.add("example", graph, "example.json").id;
  const welcome = () =>
    ({
      type: "welcome",
      catalogue,
      portTypes: {},
      graph,
      graphName: "example",
      workspace: "/work",
      device: "CPU",
      version: "0.1.0",
      documents: server.documents.list(),
      documentId,
      runs: [],
    }) as const;
  server.accept();
  server.send(welcome());
  return {
    editor,
    server,
    welcome,
    documentId,
    graph: () => graphOf(editor.store.get()),
    state: editor.store.get,
  };
}
