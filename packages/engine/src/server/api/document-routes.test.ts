import { expect, test } from "vitest";
import { openDocumentsForTest } from "../../documents/documents-for-test.fixture.ts";
import { answerGraph } from "../../host/answer-nodes.fixture.ts";
import type { DocumentState, FileVersion, GraphFile } from "../../protocol/document.ts";
import { createApi } from "./answer-routes.ts";
import { documentRoutes } from "./document-routes.ts";
import { graphRoutes } from "./graph-routes.ts";

/** Whichever parts an answer has. */
interface Body {
  readonly document: DocumentState;
  readonly documents: readonly DocumentState[];
  readonly graphs: readonly GraphFile[];
  readonly versions: readonly FileVersion[];
}

async function openApi() {
  const documents = await openDocumentsForTest();
  const answer = createApi([...documentRoutes(documents), ...graphRoutes(documents)]);
  return async (method: string, path: string, body?: object) => {
    const url = new URL(`/api${path}`, "http://localhost");
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const reply = await answer(new Request(url, init), url);
    return { status: reply.status, body: (await reply.json()) as Body };
  };
}

const graph = answerGraph("pid");
const patches = [{ op: "add", path: ["nodes", "a", "params", "name"], value: "x" }];

test("a graph is opened, edited, undone, saved, found again and closed", async () => {
  const ask = await openApi();
  const created = await ask("POST", "/documents", { graph, name: "dropped" });
  expect(created).toMatchObject({
    status: 201,
    body: { document: { name: "dropped", version: 0 } },
  });
  const place = `/documents/${created.body.document.id}`;
  expect((await ask("PATCH", place, { version: 0, patches })).body.document.version).toBe(1);
  const stale = await ask("PATCH", place, { version: 0, patches });
  expect(stale).toMatchObject({
    status: 409,
    body: { error: { code: "document.stale" }, document: { version: 1 } },
  });
  await ask("POST", `${place}/undo`, { version: 1 });
  await ask("POST", `${place}/redo`, { version: 2 });
  expect(await ask("DELETE", place)).toMatchObject({ status: 409 });
  const saved = await ask("POST", `${place}/save`, { file: "täglich/a" });
  expect(saved).toMatchObject({ status: 422, body: { error: { code: "file.unwritable" } } });
  expect((await ask("POST", `${place}/save`, {})).body.document).toMatchObject({
    file: "dropped.json",
    isSaved: true,
  });
  expect((await ask("GET", "/graphs")).body.graphs).toMatchObject([{ file: "dropped.json" }]);
  const versions = (await ask("GET", "/graphs/dropped.json/versions")).body.versions;
  const version = `/graphs/dropped.json/versions/${versions[0]?.id}`;
  expect((await ask("GET", version)).body).toMatchObject({
    graph: { nodes: { a: { params: { name: "x" } } } },
  });
  expect((await ask("POST", `${place}/rename`, { name: "kept" })).body.document.file).toBe(
    "kept.json",
  );
  expect((await ask("DELETE", place)).status).toBe(200);
  expect((await ask("GET", "/documents")).body.documents).toEqual([]);
  expect((await ask("POST", "/documents", { file: "kept.json" })).status).toBe(201);
});

test("without a graph, an empty one is opened", async () => {
  const created = await (await openApi())("POST", "/documents", {});
  expect(created.body.document).toMatchObject({ name: "Untitled", graph: { nodes: {} } });
});

test.each([
  ["GET", "/documents/none", undefined, 404, "document.unknown"],
  ["POST", "/documents", { file: "a.json", graph }, 400, "protocol.message"],
  ["POST", "/documents", { file: "none.json" }, 404, "file.unreadable"],
  ["POST", "/documents", { graph: { format: "other" } }, 422, "graph.format"],
  ["PATCH", "/documents/none", { version: "1" }, 400, "protocol.message"],
  ["DELETE", "/documents/none?discard=maybe", undefined, 400, "protocol.message"],
  ["PUT", "/documents", {}, 405, "server.path"],
  ["GET", "/documents/a/b/c", undefined, 404, "server.path"],
  ["GET", "/graphs/%zz/versions", undefined, 400, "protocol.message"],
])("%s %s %j is refused", async (method, path, body, status, code) => {
  expect(await (await openApi())(method, path, body)).toMatchObject({
    status,
    body: { error: { code } },
  });
});
