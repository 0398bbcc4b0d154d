import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import type { DocumentStore } from "../documents/document-store.ts";
import { openDocumentsForTest } from "../documents/documents-for-test.fixture.ts";
import { answerGraph } from "../host/answer-nodes.fixture.ts";
import { openAnswerHost } from "../host/child/open-answer-host.fixture.ts";
import { type JobQueue, openJobQueue } from "../jobs/job-queue.ts";
import { openSqliteJobStore } from "../jobs/sqlite/sqlite-job-store.ts";
import { bareSite } from "./site.fixture.ts";
import { type RunningServer, type ServerOptions, startServer } from "./start-server.ts";

const host = openAnswerHost();
let folder = "";
let jobs: JobQueue;
let documents: DocumentStore;
const openServed = async (): Promise<string> => "none";
let server: RunningServer;
let port = 0;

const open = (options: Partial<ServerOptions> = {}): Promise<RunningServer> =>
  startServer({
    ...{ host, jobs, documents, openServed, ...bareSite },
    ...{ graph: answerGraph("pid"), graphName: "test", workspace: "/work" },
    ...{ version: "0", log: () => {}, editorDir: folder, uploadsDir: path.join(folder, "uploads") },
    ...{ pictureDirs: [], outputDirs: [], workDir: folder, port: 0, ...options },
  });

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "insightgraph-attacks-"));
  const store = await openSqliteJobStore(":memory:");
  jobs = await openJobQueue({ store, folder: "f", host, log: () => {} });
  documents = await openDocumentsForTest();
  server = await open();
  port = Number(new URL(server.url).port);
});
afterAll(async () => {
  await server.close();
  await host.close();
  await rm(folder, { recursive: true });
});

async function openSocket(at = port): Promise<Socket> {
  const socket = connect(at, "127.0.0.1");
  socket.on("error", () => {});
  await once(socket, "connect");
  return socket;
}

/** The first line of what comes back for raw bytes. */
async function ask(head: string): Promise<string> {
  const socket = await openSocket();
  socket.write(`${head}\r\nHost: localhost:${port}\r\nConnection: close\r\n\r\n`);
  const [bytes] = await once(socket, "data");
  socket.destroy();
  return String(bytes).split("\r\n", 1).join();
}

test("[A3] refused upgrades that are reset at once do not end the server", async () => {
  const upgrade = [
    "GET / HTTP/1.1",
    `Host: localhost:${port}`,
    "Origin: http://evil.example",
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    "",
    "",
  ].join("\r\n");
  for (let turn = 0; turn < 300; turn++) {
    const socket = await openSocket();
    socket.write(upgrade);
    if (turn % 2 === 0) await new Promise((resolve) => setImmediate(resolve));
    socket.resetAndDestroy();
  }
  expect((await fetch(server.url)).status).toBe(503);
});

/** A connection that is open for messages, without anything that would answer them. */
async function openBareWebSocket(at = port): Promise<Socket> {
  const socket = await openSocket(at);
  const lines = [
    ...["GET / HTTP/1.1", `Host: localhost:${at}`, "Connection: Upgrade"],
    ...["Upgrade: websocket", "Sec-WebSocket-Version: 13"],
    ...["Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==", "", ""],
  ];
  socket.write(lines.join("\r\n"));
  await once(socket, "data");
  socket.resume();
  return socket;
}

test("[A3] a connection whose other side is gone is closed; one that answers stays", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const pinging = await open({ pingMs: 1000 });
  try {
    const page = new WebSocket(pinging.url.replace("http", "ws"));
    await once(page, "message");
    const socket = await openBareWebSocket(Number(new URL(pinging.url).port));
    while (!socket.closed) {
      vi.advanceTimersByTime(1000);
      // The page has answered a ping before it gets the answer to this.
      page.send("nonsense");
      await once(page, "message");
    }
    expect(page.readyState).toBe(page.OPEN);
  } finally {
    await pinging.close();
    vi.useRealTimers();
  }
});

test.each([
  ["is not masked", Buffer.of(0x81, 0x01, 0x41)],
  ["is of an unknown kind", Buffer.of(0x8f, 0x80, 0, 0, 0, 0)],
  ["declares 1 GB", Buffer.of(0x81, 0xff, 0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0)],
])("[A3] a frame that %s ends its own connection alone", async (_what, frame) => {
  const socket = await openBareWebSocket();
  socket.write(frame);
  await once(socket, "close");
  expect((await fetch(server.url)).status).toBe(503);
});

test("[A3] uploads that are reset half way do not end the server", async () => {
  for (let turn = 0; turn < 100; turn++) {
    const socket = await openSocket();
    const head = `POST /api/uploads HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Length: 100000\r\n\r\n`;
    socket.write(head + "x".repeat(turn * 100));
    await new Promise((resolve) => setImmediate(resolve));
    socket.resetAndDestroy();
  }
  expect((await fetch(server.url)).status).toBe(503);
});

test.each([
  ["GET // HTTP/1.1", /^HTTP\/1\.1 400/],
  ["GET http://[ HTTP/1.1", /^HTTP\/1\.1 400/],
  ["TRACE // HTTP/1.1", /^HTTP\/1\.1 400/],
  ["NONSENSE", /^HTTP\/1\.1 400/],
  ["FLY / HTTP/1.1", /^HTTP\/1\.1 400/],
])("%s is refused, not failed", async (head, answer) => {
  expect(await ask(head)).toMatch(answer);
});

test.each([
  ["TRACE", "/", "GET, HEAD"],
  ["OPTIONS", "/", "GET, HEAD"],
  ["PROPFIND", "/api/openapi.json", "GET, HEAD"],
  ["TRACE", "/api/jobs", "GET, HEAD, POST"],
  ["DELETE", "/", "GET, HEAD"],
  ["PUT", "/api/jobs", "GET, HEAD, POST"],
  ["GET", "/api/queue/pause", "POST"],
])("%s %s is refused with the methods that there are", async (method, place, allowed) => {
  const socket = await openSocket();
  socket.end(`${method} ${place} HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n\r\n`);
  const [bytes] = await once(socket, "data");
  expect(String(bytes)).toMatch(/^HTTP\/1\.1 405/);
  expect(String(bytes).toLowerCase()).toContain(`\r\nallow: ${allowed.toLowerCase()}\r\n`);
});

test("a request for a tunnel ends its connection alone", async () => {
  const socket = await openSocket();
  socket.write(`CONNECT localhost:${port} HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`);
  await once(socket, "close");
  expect((await fetch(server.url)).status).toBe(503);
});

test("an upgrade at an address that is none is refused", async () => {
  const attempt = request({
    port,
    path: "//",
    headers: { connection: "Upgrade", upgrade: "websocket", host: `localhost:${port}` },
  });
  attempt.end();
  const [reply] = await once(attempt, "response");
  expect(reply.statusCode).toBe(400);
});

test("a thousand idle pages keep nobody else from working", async () => {
  const busy = await open();
  const openPage = async (): Promise<WebSocket> => {
    const page = new WebSocket(busy.url.replace("http", "ws"));
    await once(page, "message");
    return page;
  };
  try {
    const idle: WebSocket[] = [];
    while (idle.length < 1000) {
      idle.push(...(await Promise.all(Array.from({ length: 50 }, openPage))));
    }
    const heard = Promise.all(
      idle.map(
        (page) =>
          new Promise<void>((resolve) => {
            page.on("message", (data) => String(data).includes("run-finished") && resolve());
          }),
      ),
    );
    const page = await openPage();
    page.send(JSON.stringify({ type: "run", requestId: "among", graph: answerGraph("pid") }));
    await heard;
    expect((await fetch(`${busy.url}health`)).status).toBe(200);
    expect(idle.every(({ readyState }) => readyState === WebSocket.OPEN)).toBe(true);
  } finally {
    await busy.close();
  }
});

test("[A2] beyond the loopback, a server has a token even if nobody asked for one", async () => {
  const wide = await open({ address: "0.0.0.0" });
  try {
    const url = new URL(wide.url);
    const token = url.searchParams.get("token") ?? "";
    expect(token.length).toBeGreaterThanOrEqual(32);
    const bare = `http://127.0.0.1:${url.port}/`;
    expect((await fetch(bare)).status).toBe(401);
    const authorization = `Bearer ${token}`;
    expect((await fetch(bare, { headers: { authorization } })).status).toBe(503);
  } finally {
    await wide.close();
  }
});
