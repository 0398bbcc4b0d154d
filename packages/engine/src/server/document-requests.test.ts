import { applyPatches, enablePatches } from "immer";
import { afterAll, expect, test } from "vitest";
import { openDocumentsForTest } from "../documents/documents-for-test.fixture.ts";
import type { GraphDocument } from "../graph/document.ts";
import { answerGraph } from "../host/answer-nodes.fixture.ts";
import { openAnswerHost } from "../host/child/open-answer-host.fixture.ts";
import { openJobQueue } from "../jobs/job-queue.ts";
import { openSqliteJobStore } from "../jobs/sqlite/sqlite-job-store.ts";
import { openConnection } from "./connection.ts";
import { createInbox } from "./inbox.fixture.ts";

enablePatches();

const host = openAnswerHost();
afterAll(() => host.close());

const graph = answerGraph("pid");

async function openServer() {
  const documents = await openDocumentsForTest();
  const { id } = await documents.create("served", graph);
  const store = await openSqliteJobStore(":memory:");
  const options = {
    host,
    documents,
    openServed: async () => id,
    jobs: await openJobQueue({ store, folder: "f", host, log: () => {} }),
    graph,
    graphName: "served",
    workspace: "/work",
    version: "0",
  };
  const connect = async () => {
    const inbox = createInbox();
    const { receive, close } = await openConnection(options, inbox.put);
    const ask = (message: object): Promise<void> => receive(JSON.stringify(message));
    const join = async () => {
      await ask({ type: "join-document", documentId: id });
      return (await inbox.next("document-state")).document;
    };
    const setName = (version: number, editId: string, value: string) => {
      const patches = [{ op: "add", path: ["nodes", "a", "params", "name"], value }];
      return ask({ type: "edit-document", documentId: id, editId, version, patches });
    };
    return { ...inbox, ask, join, setName, close };
  };
  return { id, documents, connect };
}

test("[D3] two windows of a document show one truth", async () => {
  const { id, documents, connect } = await openServer();
  const [one, two] = [await connect(), await connect()];
  expect(await one.next("welcome")).toMatchObject({ documentId: id, documents: [{ id }] });
  let shown: GraphDocument = (await one.join()).graph;
  expect((await two.join()).windows).toBe(2);
  await one.setName(0, "e1", "first");
  await two.setName(1, "e2", "second");
  await one.ask({ type: "undo-document", documentId: id, editId: "u1", version: 2 });
  for (const version of [1, 2, 3]) {
    const change = await one.next("document-changed");
    expect(await two.next("document-changed")).toEqual(change);
    expect(change.document.version).toBe(version);
    shown = applyPatches(shown, change.patches as Parameters<typeof applyPatches>[1]);
  }
  expect(shown).toEqual(documents.get(id).graph);
  expect(shown.nodes["a"]?.params).toMatchObject({ name: "first" });
});

test("[D2] a stale edit is answered with the current document", async () => {
  const { id, connect } = await openServer();
  const [one, two] = [await connect(), await connect()];
  await one.join();
  await two.join();
  await one.setName(0, "e1", "first");
  await two.setName(0, "e2", "second");
  const answer = await two.next("document-state");
  expect(answer).toMatchObject({
    reason: "stale",
    editId: "e2",
    document: { id, version: 1, recentEdits: ["e1"] },
  });
  expect(answer.document.graph.nodes["a"]?.params).toMatchObject({ name: "first" });
});

test("[D5] an edit that leaves no graph is answered with the document and the reason", async () => {
  const { id, connect } = await openServer();
  const page = await connect();
  await page.join();
  const patches = [{ op: "replace", path: ["nodes"], value: 7 }];
  await page.ask({ type: "edit-document", documentId: id, editId: "e", version: 0, patches });
  expect(await page.next("document-state")).toMatchObject({
    reason: "refused",
    editId: "e",
    document: { version: 0, graph },
  });
  expect(await page.next("server-failed")).toMatchObject({ error: { code: "graph.shape" } });
});

test("windows are counted, and one that left hears no changes", async () => {
  const { id, documents, connect } = await openServer();
  const [one, two] = [await connect(), await connect()];
  await one.join();
  await two.join();
  await two.join();
  expect(documents.get(id).windows).toBe(2);
  await two.ask({ type: "leave-document", documentId: id });
  await one.setName(0, "e1", "first");
  expect(two.waiting.map(({ type }) => type)).not.toContain("document-changed");
  one.close();
  expect(documents.get(id).windows).toBe(0);
});

test("what a page keeps with a document is there after a reload", async () => {
  const { id, connect } = await openServer();
  const page = await connect();
  const viewState = { view: { x: 1, y: 2, zoom: 0.5 }, selection: ["a"] };
  await page.ask({ type: "view-document", documentId: id, viewState });
  page.close();
  expect((await (await connect()).join()).viewState).toEqual(viewState);
});
