import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { EngineError, toWireError } from "../errors.ts";
import { type ConnectionOptions, openConnection } from "./connection.ts";
import { isAllowedOrigin } from "./origin.ts";
import { errorReply } from "./replies.ts";
import { createRequestHandler, type SiteOptions } from "./request-handler.ts";

/** What is served, and where. */
export interface ServerOptions extends ConnectionOptions, Omit<SiteOptions, "hosts"> {
  /** Receives faults of connections, a line each. */
  readonly log: (text: string) => void;
  /** @default "127.0.0.1", this machine only */
  readonly address?: string;
  /** The first port to try; if it is taken, the next ones are tried. @default 7878 */
  readonly port?: number;
}

/** A server that listens. */
export interface RunningServer {
  readonly url: string;
  close(): Promise<void>;
}

const loopback = ["127.0.0.1", "localhost", "::1"];
const portsToTry = 20;
const maxMessageBytes = 64 * 1024 * 1024;
/** More than this unsent, and a connection misses reports of progress. */
const maxUnsentBytes = 16 * 1024 * 1024;

function headersOf(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return headers;
}

function toRequest(request: IncomingMessage): Request {
  const method = request.method ?? "GET";
  const hasBody = method !== "GET" && method !== "HEAD";
  // The base only completes the URL; the Host header is checked on its own.
  return new Request(new URL(request.url ?? "/", "http://localhost"), {
    method,
    headers: headersOf(request),
    ...(hasBody
      ? { body: Readable.toWeb(request) as ReadableStream, duplex: "half" as const }
      : {}),
  });
}

async function respond(
  handle: (request: Request) => Promise<Response>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  let reply: Response;
  try {
    reply = await handle(toRequest(incoming));
  } catch (thrown) {
    reply = errorReply(500, thrown);
  }
  // The client may still be sending an upload that was refused: the connection is of no more use.
  if (!incoming.complete) outgoing.setHeader("connection", "close");
  outgoing.writeHead(reply.status, Object.fromEntries(reply.headers));
  outgoing.end(incoming.method === "HEAD" ? "" : Buffer.from(await reply.arrayBuffer()));
}

async function attach(socket: WebSocket, options: ServerOptions): Promise<void> {
  const early: string[] = [];
  let receive = (text: string): void => void early.push(text);
  let isGone = false;
  let leave = (): void => {};
  socket.on("message", (bytes) => receive(bytes.toString()));
  socket.on("error", (error) => options.log(`connection: ${error.message}`));
  socket.on("close", () => {
    isGone = true;
    leave();
  });
  const connection = await openConnection(options, (message) => {
    if (message.type === "node-progressed" && socket.bufferedAmount > maxUnsentBytes) return;
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  });
  leave = connection.close;
  if (isGone) leave();
  receive = (text) => void connection.receive(text);
  for (const text of early) receive(text);
}

function listen(server: Server, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, address, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

async function listenNear(server: Server, address: string, first: number): Promise<void> {
  for (let port = first; ; port++) {
    try {
      await listen(server, address, port);
      return;
    } catch (thrown) {
      const isTaken = thrown instanceof Error && "code" in thrown && thrown.code === "EADDRINUSE";
      if (isTaken && first !== 0 && port < Math.min(first + portsToTry, 65_535)) continue;
      throw new EngineError("server.failed", `cannot listen: ${toWireError(thrown).what}`, {
        hint: "Choose another --port or --host.",
        cause: thrown,
      });
    }
  }
}

/**
 * Serves the editor and its WebSocket.
 * Throws: `server.failed` if it cannot listen.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const address = options.address ?? "127.0.0.1";
  const isLocal = loopback.includes(address);
  const hosts = isLocal ? loopback : ["*"];
  const handle = createRequestHandler({ ...options, hosts });
  const server = createServer((incoming, outgoing) => void respond(handle, incoming, outgoing));
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes });
  server.on("upgrade", (request, socket, head) => {
    if (!isAllowedOrigin(headersOf(request), hosts)) {
      socket.end("HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => void attach(opened, options));
  });
  await listenNear(server, address, options.port ?? 7878);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${address.includes(":") ? `[${address}]` : address}:${port}/`,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.terminate();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
