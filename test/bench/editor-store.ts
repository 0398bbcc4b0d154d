// Time that the page's store takes per progress event, with all subscribers that a graph of 1,000
// nodes draws: `npx tsx --conditions=@insightgraph/source test/bench/editor-store.ts [NODES]`.

import { createFakeServer } from "../../packages/editor-ui/src/connection/fake-server.fixture.ts";
import { linkInto, nodeOf } from "../../packages/editor-ui/src/document/edits.ts";
import { createEditor } from "../../packages/editor-ui/src/state/editor.ts";
import { type EditorState, graphOf } from "../../packages/editor-ui/src/state/editor-state.ts";
import { portLook } from "../../packages/editor-ui/src/state/port-look.ts";
import type { GraphDocument, GraphNode } from "../../packages/engine/src/graph.ts";
import type { ServerMessage } from "../../packages/engine/src/protocol.ts";

const count = Number(process.argv[2] ?? 1000);
const runs = 10;
const events = 200;

const image = { type: "image", doc: "A picture." };
const spec = { version: 1, title: "Pass", doc: "Passes.", category: "image", params: {} };
const catalogue = {
  "image.pass": {
    ...spec,
    type: "image.pass",
    inputs: { image: { ...image, optional: true } },
    outputs: { image },
  },
};
const ids = Array.from({ length: count }, (_, at) => `n${at}`);
const nodes = ids.map((id, at): [string, GraphNode] => {
  const inputs = at === 0 ? {} : { inputs: { image: { node: `n${at - 1}`, output: "image" } } };
  return [id, { type: "image.pass", version: 1, ...inputs }];
});

const graph: GraphDocument = {
  format: "insightgraph",
  version: 1,
  nodes: Object.fromEntries(nodes),
};

const server = createFakeServer();
let requests = 0;
const editor = createEditor({
  open: server.open,
  wait: server.wait,
  documents: server.documents.client,
  createRequestId: () => `q${++requests}`,
});
const { id: documentId } = server.documents.add("bench", graph);
server.accept();
server.send({
  type: "welcome",
  catalogue,
  portTypes: { image: { look: { role: "image", shape: "square" } } },
  graph,
  graphName: "bench",
  workspace: "/work",
  device: "CPU",
  version: "0",
  documents: server.documents.list(),
  documentId,
  runs: [],
});

for (let run = 1; run <= runs; run++) {
  const runId = `r${run}`;
  editor.run();
  server.send({ type: "run-started", requestId: `q${requests}`, runId, graph });
  if (run === runs) break;
  for (const nodeId of ids) server.send(finished(runId, nodeId));
  server.send({ type: "run-finished", runId, ms: 1 });
}
for (const id of ids) {
  for (const select of selectors(id)) editor.store.subscribe(() => select(editor.store.get()));
}

const runId = `r${runs}`;
const [first = ""] = ids;
server.send({ type: "node-started", runId, nodeId: first });
for (const round of ["warm-up", "measured"]) {
  const start = performance.now();
  for (let done = 0; done < events; done++) {
    server.send({ type: "node-progressed", runId, nodeId: first, done, total: events });
  }
  const ms = (performance.now() - start) / events;
  console.log(`${round}: ${ms.toFixed(2)} ms per event, ${count} nodes, ${runs} runs kept`);
}

/** What the components of one node select: its view, its two sockets and its link. */
function selectors(id: string): ((state: EditorState) => unknown)[] {
  const port = { node: id, port: "image" };
  return [
    (state) => nodeOf(graphOf(state), id),
    (state) => state.catalogue["image.pass"],
    (state) => state.nodes.get(id),
    (state) => state.selection.nodes.has(id),
    (state) => portLook(state, { ...port, side: "input" }),
    (state) => linkInto(graphOf(state), { node: id, input: "image" }),
    (state) => portLook(state, { ...port, side: "output" }),
    (state) => state.nodes.get(id)?.linkedOutputs.has("image"),
    (state) => state.nodes.get(id)?.issues,
  ];
}

function finished(runId: string, nodeId: string): ServerMessage {
  const previews = { image: { kind: "text", text: "a picture" } } as const;
  return { type: "node-finished", runId, nodeId, cached: false, ms: 1, digests: {}, previews };
}
