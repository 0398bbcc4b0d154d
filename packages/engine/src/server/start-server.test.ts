import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { openDocumentsForTest } from "../documents/documents-for-test.fixture.ts";
import { answerGraph } from "../host/answer-nodes.fixture.ts";
import { openAnswerHost } from "../host/child/open-answer-host.fixture.ts";
import type { ExecutionHost } from "../host/execution-host.ts";
import { openJobQueue } from "../jobs/job-queue.ts";
import { openSqliteJobStore } from "../jobs/sqlite/sqlite-job-store.ts";
import { openConnection } from "./connection.ts";
import { createInbox } from "./inbox.fixture.ts";
import { bareSite } from "./site.fixture.ts";
import { type RunningServer, type ServerOptions, startServer } from "./start-server.ts";

let host: ExecutionHost;
let options: ServerOptions;

beforeAll(async () => {
  const root = await mkdtemp(path.join(tmpdir(), "insightgraph-server-"));
  await writeFile(path.join(root, "index.html"), "<p>editor</p>");
  host = openAnswerHost();
  const documents = await openDocumentsForTest();
  const served = await documents.create("test", answerGraph("pid"));
  options = {
    host,
    documents,
    openServed: async () => served.id,
    jobs: await openJobQueue({
      store: await openSqliteJobStore(":memory:"),
      folder: "f",
      host,
      log: () => {},
    }),
    graph: answerGraph("pid"),
    graphName: "test",
    workspace: "/work",
    version: "0",
    log: () => {},
    editorDir: root,
    uploadsDir: path.join(root, "uploads"),
    pictureDirs: [],
    outputDirs: [],
    ...bareSite,
    workDir: root,
    port: 0,
  };
});
afterAll(async () => {
  await host.close();
  await rm(options.editorDir, { recursive: true });
});

describe("a connection, without a socket", () => {
  async function connect() {
    const inbox = createInbox();
    const connection = await openConnection(options, inbox.put);
    const request = (message: unknown): void => void connection.receive(JSON.stringify(message));
    return { ...inbox, ...connection, request };
  }

  test("welcomes a page with the catalogue and the served graph", async () => {
    const { next } = await connect();
    expect(await next("welcome")).toMatchObject({
      graph: options.graph,
      graphName: "test",
      workspace: "/work",
      version: "0",
      catalogue: { "test.answer": { title: "Answer" } },
      portTypes: { text: {} },
    });
  });

  test("[V2] runs a graph and reports what happens, logs included", async () => {
    const { request, next } = await connect();
    request({ type: "run", requestId: "1", graph: answerGraph("pid"), documentId: "d" });
    const { requestId, runId, documentId } = await next("run-started");
    expect({ requestId, documentId }).toEqual({ requestId: "1", documentId: "d" });
    expect(await next("node-logged")).toMatchObject({ runId, nodeId: "a", text: "answering" });
    expect(await next("node-finished")).toMatchObject({ runId, nodeId: "a" });
    expect(await next("run-finished")).toMatchObject({ runId });
  });

  test("rejects graphs that cannot run", async () => {
    const { request, next } = await connect();
    request({ type: "run", requestId: "1", graph: { format: "other" } });
    expect(await next("run-rejected")).toMatchObject({ issues: [{ code: "graph.format" }] });
    request({ type: "run", requestId: "2", graph: answerGraph("sing") });
    expect(await next("run-rejected")).toMatchObject({ issues: [{ code: "param.option" }] });
  });

  test("brings the nodes of a graph up to their versions", async () => {
    const { request, next } = await connect();
    const nodes = { b: { type: "test.grown", version: 1, params: { says: "hello" } } };
    request({ type: "migrate", requestId: "1", graph: { ...answerGraph("pid"), nodes } });
    expect(await next("migrated")).toMatchObject({
      requestId: "1",
      graph: { nodes: { b: { version: 2, params: { words: "hello" } } } },
    });
    request({ type: "migrate", requestId: "2", graph: 7 });
    expect(await next("server-failed")).toMatchObject({ error: { code: "graph.shape" } });
  });

  test("ends a run when it is asked to, whichever page asks", async () => {
    const [one, two] = [await connect(), await connect()];
    one.request({ type: "run", requestId: "1", graph: answerGraph("wait") });
    const { runId } = await two.next("run-started");
    two.request({ type: "cancel", runId });
    expect(await one.next("run-cancelled")).toMatchObject({ runId });
  });

  test("[V1] [V3] a page that leaves ends nothing, and finds its run when it comes back", async () => {
    const page = await connect();
    page.request({ type: "run", requestId: "away", graph: answerGraph("wait") });
    const { runId } = await page.next("run-started");
    await page.next("node-progressed");
    page.close();
    const { next, request } = await connect();
    const { runs } = await next("welcome");
    expect(runs.at(-1)).toEqual({
      runId,
      requestId: "away",
      graph: answerGraph("wait"),
      state: "running",
      events: [
        { type: "node-started", nodeId: "a", seq: 1 },
        { type: "node-progressed", nodeId: "a", done: 0, total: 1, seq: 2 },
      ],
    });
    const before = [...page.waiting];
    request({ type: "cancel", runId });
    expect(await next("run-cancelled")).toMatchObject({ runId });
    expect(page.waiting).toEqual(before);
    expect((await (await connect()).next("welcome")).runs.at(-1)?.events.at(-1)).toEqual({
      type: "run-cancelled",
      seq: 3,
    });
  });

  test("a message that makes no sense is answered with a reason", async () => {
    const { request, next } = await connect();
    request({ type: "fly" });
    expect(await next("server-failed")).toMatchObject({ error: { code: "protocol.message" } });
  });
});

describe("a server on the loopback", () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer(options);
  });
  afterAll(() => server.close());

  function open() {
    const inbox = createInbox();
    const { origin } = new URL(server.url);
    const socket = new WebSocket(server.url.replace("http", "ws"), { origin });
    socket.on("message", (bytes) => inbox.put(JSON.parse(bytes.toString())));
    const request = (message: unknown): void => socket.send(JSON.stringify(message));
    return { ...inbox, socket, request };
  }

  test("serves the page, and the run of a graph over WebSocket", async () => {
    expect(await (await fetch(server.url)).text()).toBe("<p>editor</p>");
    const { socket, next, request } = open();
    await next("welcome");
    request({ type: "run", requestId: "1", graph: answerGraph("pid") });
    await next("run-started");
    await next("run-finished");
    socket.terminate();
  });

  test("[V1] a run outlives the socket that asked for it", async () => {
    const first = open();
    await first.next("welcome");
    first.request({ type: "run", requestId: "1", graph: answerGraph("wait") });
    const { runId } = await first.next("run-started");
    first.socket.terminate();
    await once(first.socket, "close");
    const { socket, next, request } = open();
    const { runs } = await next("welcome");
    expect(runs.at(-1)).toMatchObject({ runId });
    request({ type: "cancel", runId });
    await next("run-cancelled");
    socket.terminate();
  });

  test("[V7] a page that comes back is sent the events after the last one that it saw", async () => {
    const first = open();
    await first.next("welcome");
    first.request({ type: "run", requestId: "seen", graph: answerGraph("pid") });
    const { runId } = await first.next("run-started");
    const { seq = 0 } = await first.next("run-finished");
    first.socket.terminate();
    const { origin } = new URL(server.url);
    const address = `${server.url.replace("http", "ws")}?seen=${runId}:${seq - 1}&seen=nonsense`;
    const socket = new WebSocket(address, { origin });
    const [bytes] = await once(socket, "message");
    const { runs } = JSON.parse(String(bytes));
    expect(runs.at(-1)).toMatchObject({
      runId,
      after: seq - 1,
      events: [{ type: "run-finished", seq }],
    });
    socket.terminate();
  });

  test("an upload arrives whole", async () => {
    const body = Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), Buffer.alloc(3e5, 7)]);
    const reply = await fetch(`${server.url}api/uploads`, { method: "POST", body });
    const { path: kept } = (await reply.json()) as { path: string };
    const shown = await fetch(`${server.url}api/files?path=${encodeURIComponent(kept)}`);
    expect(Buffer.from(await shown.arrayBuffer()).equals(body)).toBe(true);
  });

  test("[A1] refuses a WebSocket from another site", async () => {
    const socket = new WebSocket(server.url.replace("http", "ws"), {
      origin: "http://evil.example",
    });
    const [error] = await once(socket, "error");
    expect(error.message).toContain("403");
  });

  test("takes the next free port when its own is taken", async () => {
    const port = Number(new URL(server.url).port);
    const second = await startServer({ ...options, port });
    expect(Number(new URL(second.url).port)).toBeGreaterThan(port);
    await second.close();
  });
});
