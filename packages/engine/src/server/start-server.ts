import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as WebStream } from "node:stream/web";
import { type WebSocket, WebSocketServer } from "ws";
import { EngineError, toWireError } from "../errors.ts";
import { type Access, createAccess } from "./access.ts";
import { type ConnectionOptions, openConnection, type SeenEvents } from "./connection.ts";
import { dropHalfOpen } from "./drop-half-open.ts";
import { allowedHosts, createToken, isLoopback } from "./listening.ts";
import { type AnsweredRequest, createMetrics, type Metrics } from "./metrics.ts";
import { createOutbox } from "./outbox.ts";
import { errorReply } from "./replies.ts";
import { createRequestHandler } from "./request-handler.ts";
import type { SiteOptions } from "./site-options.ts";
import { createProgressThrottle } from "./throttle-progress.ts";

/** What is served, where, and to whom. */
export interface ServerOptions extends ConnectionOptions, SiteOptions {
  /** Receives faults of connections, a line each. */
  readonly log: (text: string) => void;
  /** Is told of each request that was answered. @default nobody is */
  readonly onAnswered?: (request: AnsweredRequest) => void;
  /** @default "127.0.0.1", this machine only */
  readonly address?: string;
  /** The first port to try; if it is taken, the next ones are tried. @default 7878 */
  readonly port?: number;
  /** Further names of this machine that requests may use. @default none */
  readonly allowedHosts?: readonly string[];
  /** How often a page has to show that it is still there. @default 30 seconds */
  readonly pingMs?: number;
  /** What requests have to carry. @default none on the loopback, a random one elsewhere */
  readonly token?: string;
}

/** A server that listens. */
export interface RunningServer {
  /** Where to open the editor; carries the token where there is one. */
  readonly url: string;
  close(): Promise<void>;
}

const portsToTry = 20;
/** Pictures are uploaded on their own, so no graph comes near this. */
const maxMessageBytes = 8 * 1024 * 1024;
/** A connection that neither sends nor takes anything for this long is closed. */
const idleMs = 120_000;

function headersOf(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return headers;
}

/** The base only completes the address; the Host header is checked on its own. Throws: a `TypeError`. */
function urlOf(request: IncomingMessage): URL {
  return new URL(request.url ?? "/", "http://localhost");
}

/** What `Request` refuses to be made for; every address refuses them, as it does OPTIONS. */
const unknownToFetch = new Set(["CONNECT", "TRACE", "TRACK"]);

/** Throws: a `TypeError` for an address that no request may have. */
function toRequest(request: IncomingMessage): Request {
  const asked = request.method ?? "GET";
  const method = unknownToFetch.has(asked) ? "OPTIONS" : asked;
  const hasBody = method !== "GET" && method !== "HEAD";
  return new Request(urlOf(request), {
    method,
    headers: headersOf(request),
    ...(hasBody
      ? { body: Readable.toWeb(request) as ReadableStream, duplex: "half" as const }
      : {}),
  });
}

function refusalOf(access: Access, incoming: IncomingMessage): Response | undefined {
  const address = incoming.socket.remoteAddress ?? "";
  return access.refusal({ url: urlOf(incoming), headers: headersOf(incoming), address });
}

type Handle = (request: Request) => Promise<Response>;

async function replyTo(handle: Handle, access: Access, incoming: IncomingMessage) {
  let request: Request;
  try {
    const refusal = refusalOf(access, incoming);
    if (refusal !== undefined) return refusal;
    request = toRequest(incoming);
  } catch {
    const error = new EngineError("server.path", "this is not a request that can be answered", {
      hint: "Open the address that the server printed.",
    });
    return errorReply(400, error);
  }
  return handle(request).catch((thrown: unknown) => errorReply(500, thrown));
}

async function respond(
  handle: Handle,
  access: Access,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const reply = await replyTo(handle, access, incoming);
  // The client may still be sending an upload that was refused: the connection is of no more use.
  if (!incoming.complete) outgoing.setHeader("connection", "close");
  outgoing.writeHead(reply.status, Object.fromEntries(reply.headers));
  // A file says how long it is: it is sent piece by piece.
  const isFile = reply.headers.has("content-length");
  if (incoming.method === "HEAD") {
    outgoing.end();
    await reply.body?.cancel();
  } else if (reply.body !== null && isFile) {
    await pipeline(Readable.fromWeb(reply.body as WebStream), outgoing);
  } else outgoing.end(Buffer.from(await reply.arrayBuffer()));
}

async function attach(
  socket: WebSocket,
  options: ServerOptions,
  metrics: Metrics,
  seen: SeenEvents,
): Promise<void> {
  socket.on("error", (error) => options.log(`connection: ${error.message}`));
  metrics.connected(1);
  socket.on("close", () => metrics.connected(-1));
  // What the page sends before it is welcomed waits in the network, not in memory.
  socket.pause();
  const outbox = createOutbox(() => ({
    bufferedAmount: socket.bufferedAmount,
    isOpen: socket.readyState === socket.OPEN,
    send: (data) => socket.send(data),
    terminate: () => socket.terminate(),
  }));
  const throttle = createProgressThrottle(outbox, (ms, then) => {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  });
  const connection = await openConnection(options, throttle.send, seen);
  socket.on("close", () => {
    connection.close();
    throttle.close();
  });
  socket.on("message", (bytes) => void connection.receive(bytes.toString()));
  if (socket.readyState === socket.CLOSED) connection.close();
  socket.resume();
}

/** What the address of a WebSocket says of the events that its page saw: `?seen=RUN:SEQ`, once for each run. */
function seenIn(url: URL): SeenEvents {
  const pairs = url.searchParams.getAll("seen").flatMap((text): [string, number][] => {
    const [, runId, seq] = /^([^:]{1,200}):(\d{1,15})$/.exec(text) ?? [];
    return runId === undefined ? [] : [[runId, Number(seq)]];
  });
  return new Map(pairs);
}

/** Takes WebSocket connections; a request that may not pass gets its refusal as plain HTTP. */
function acceptUpgrades(
  server: Server,
  sockets: WebSocketServer,
  access: Access,
  options: ServerOptions,
  metrics: Metrics,
): void {
  server.on("upgrade", (request, socket, head) => {
    // Without a listener, a client that resets the connection would end the process.
    socket.on("error", (error) => options.log(`connection: ${error.message}`));
    let status = 400;
    try {
      const refusal = refusalOf(access, request);
      if (refusal === undefined) {
        const seen = seenIn(urlOf(request));
        sockets.handleUpgrade(
          request,
          socket,
          head,
          (opened) => void attach(opened, options, metrics, seen),
        );
        return;
      }
      status = refusal.status;
    } catch {
      // An address that is none.
    }
    socket.end(`HTTP/1.1 ${status} Refused\r\nconnection: close\r\n\r\n`);
  });
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
  const { address = "127.0.0.1", log } = options;
  const token = options.token ?? (isLoopback(address) ? undefined : createToken());
  const server = createServer();
  await listenNear(server, address, options.port ?? 7878);
  const { port } = server.address() as AddressInfo;
  const hosts = [...allowedHosts(address), ...(options.allowedHosts ?? [])];
  const access = createAccess({ hosts, port, ...(token === undefined ? {} : { token }) });
  const metrics = createMetrics(options);
  const handle = createRequestHandler(options, metrics);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes });
  server.on("error", (error) => log(`server: ${error.message}`));
  server.setTimeout(idleMs);
  server.on("request", (incoming, outgoing) => {
    incoming.on("error", (error) => log(`request: ${error.message}`));
    outgoing.on("error", (error) => log(`response: ${error.message}`));
    const startMs = performance.now();
    outgoing.on("finish", () => {
      const { method = "", url = "" } = incoming;
      const [path = ""] = url.split("?", 1);
      const ms = performance.now() - startMs;
      const answered = { method, path, status: outgoing.statusCode, ms };
      metrics.answered(answered);
      options.onAnswered?.(answered);
    });
    respond(handle, access, incoming, outgoing).catch((thrown: unknown) => {
      log(`response: ${toWireError(thrown).what}`);
      outgoing.destroy();
    });
  });
  const stopPings = dropHalfOpen(sockets, options.pingMs ?? 30_000);
  acceptUpgrades(server, sockets, access, options, metrics);
  const host = address.includes(":") ? `[${address}]` : address;
  return {
    url: `http://${host}:${port}/${token === undefined ? "" : `?token=${token}`}`,
    close: () =>
      new Promise((resolve) => {
        stopPings();
        for (const socket of sockets.clients) socket.terminate();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
