import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { GraphDocument } from "../graph/document.ts";
import { createExecutionHost, type ExecutionHost } from "../process/execution-host.ts";
import type { ServerMessage } from "../protocol/messages.ts";
import { openConnection } from "./connection.ts";
import { type RunningServer, type ServerOptions, startServer } from "./start-server.ts";

function graphOf(how: string): GraphDocument {
  const node = { type: "test.answer", version: 1, params: { how } };
  return { format: "insightgraph", version: 1, nodes: { a: node } };
}

/** Collects messages; `next` gives the first of a type that has not been given yet. */
function createInbox() {
  const waiting: ServerMessage[] = [];
  let wake = (): void => {};
  return {
    put(message: ServerMessage): void {
      waiting.push(message);
      wake();
    },
    async next<T extends ServerMessage["type"]>(type: T) {
      for (;;) {
        const at = waiting.findIndex((message) => message.type === type);
        const [found] = at < 0 ? [] : waiting.splice(at, 1);
        if (found !== undefined) return found as Extract<ServerMessage, { type: T }>;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

let host: ExecutionHost;
let options: ServerOptions;

beforeAll(async () => {
  const root = await mkdtemp(path.join(tmpdir(), "insightgraph-server-"));
  await writeFile(path.join(root, "index.html"), "<p>editor</p>");
  host = createExecutionHost({
    entry: new URL("../process/execution-child.fixture.ts", import.meta.url),
    execArgv: ["--conditions=@insightgraph/source", "--import", "tsx"],
  });
  options = {
    host,
    graph: graphOf("pid"),
    graphName: "test",
    version: "0",
    log: () => {},
    editorDir: root,
    uploadsDir: path.join(root, "uploads"),
    pictureDirs: [],
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
    const tell = (message: unknown): void => void connection.receive(JSON.stringify(message));
    return { ...inbox, ...connection, tell };
  }

  test("greets with the catalogue and the served graph", async () => {
    const { next } = await connect();
    expect(await next("welcome")).toMatchObject({
      graph: options.graph,
      graphName: "test",
      version: "0",
      catalogue: { "test.answer": { title: "Answer" } },
      portTypes: { text: {} },
    });
  });

  test("runs a graph and tells what happens", async () => {
    const { tell, next } = await connect();
    tell({ type: "run", requestId: "1", graph: graphOf("pid") });
    const { requestId, runId } = await next("run-started");
    expect(requestId).toBe("1");
    expect(await next("node-finished")).toMatchObject({ runId, nodeId: "a" });
    expect(await next("run-finished")).toMatchObject({ runId });
  });

  test("rejects graphs that cannot run, and answers questions about them", async () => {
    const { tell, next } = await connect();
    tell({ type: "run", requestId: "1", graph: { format: "other" } });
    expect(await next("run-rejected")).toMatchObject({ issues: [{ code: "graph.format" }] });
    tell({ type: "run", requestId: "2", graph: graphOf("sing") });
    expect(await next("run-rejected")).toMatchObject({ issues: [{ code: "param.option" }] });
    tell({ type: "validate", requestId: "3", graph: graphOf("sing") });
    expect(await next("issues")).toMatchObject({ requestId: "3", issues: [{ nodeId: "a" }] });
    tell({ type: "validate", requestId: "4", graph: 7 });
    expect(await next("issues")).toMatchObject({ issues: [{ code: "graph.shape" }] });
  });

  test("brings the nodes of a graph up to their versions", async () => {
    const { tell, next } = await connect();
    const nodes = { b: { type: "test.grown", version: 1, params: { says: "hello" } } };
    tell({ type: "migrate", requestId: "1", graph: { ...graphOf("pid"), nodes } });
    expect(await next("migrated")).toMatchObject({
      requestId: "1",
      graph: { nodes: { b: { version: 2, params: { words: "hello" } } } },
    });
    tell({ type: "migrate", requestId: "2", graph: 7 });
    expect(await next("server-failed")).toMatchObject({ error: { code: "graph.shape" } });
  });

  test("cancels a run when asked, and when the editor leaves", async () => {
    const { tell, next, close } = await connect();
    tell({ type: "run", requestId: "1", graph: graphOf("wait") });
    tell({ type: "cancel", runId: (await next("run-started")).runId });
    await next("run-cancelled");
    tell({ type: "run", requestId: "2", graph: graphOf("wait") });
    await next("run-started");
    close();
    await next("run-cancelled");
  });

  test("a message that makes no sense is answered with a reason", async () => {
    const { tell, next } = await connect();
    tell({ type: "fly" });
    expect(await next("server-failed")).toMatchObject({ error: { code: "protocol.message" } });
  });
});

describe("a server on the loopback", () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer(options);
  });
  afterAll(() => server.close());

  test("serves the page, and the run of a graph over WebSocket", async () => {
    expect(await (await fetch(server.url)).text()).toBe("<p>editor</p>");
    const inbox = createInbox();
    const socket = new WebSocket(server.url.replace("http", "ws"), {
      origin: new URL(server.url).origin,
    });
    socket.on("message", (bytes) => inbox.put(JSON.parse(bytes.toString())));
    await inbox.next("welcome");
    socket.send(JSON.stringify({ type: "run", requestId: "1", graph: graphOf("pid") }));
    await inbox.next("run-started");
    await inbox.next("run-finished");
    socket.terminate();
  });

  test("an upload arrives whole", async () => {
    const body = Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), Buffer.alloc(3e5, 7)]);
    const reply = await fetch(`${server.url}api/uploads`, { method: "POST", body });
    const { path: kept } = (await reply.json()) as { path: string };
    const shown = await fetch(`${server.url}api/files?path=${encodeURIComponent(kept)}`);
    expect(Buffer.from(await shown.arrayBuffer()).equals(body)).toBe(true);
  });

  test("refuses a WebSocket from another site", async () => {
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
