import {
  type ClientMessage,
  createProgressMemory,
  decodeFrame,
  isEnding,
  joinPictures,
  type ServerMessage,
} from "@insightgraph/engine/protocol";

/** The part of a browser's WebSocket that the client uses. */
export interface Socket {
  send(text: string): void;
  close(): void;
}

/** Callbacks of a socket. */
export interface SocketEvents {
  opened(): void;
  /** @param data Text, or an `ArrayBuffer` */
  received(data: unknown): void;
  closed(): void;
}

/** `connecting` is the first attempt; after a lost connection it is `offline` until the next one. */
export type ConnectionState = "connecting" | "online" | "offline";

/** What the client needs from the browser, and where it reports. */
export interface SocketClientOptions {
  open(events: SocketEvents): Socket;
  onMessage(message: ServerMessage): void;
  onConnection(link: ConnectionState): void;
  /** Calls back after a while; returns how to give up. */
  wait(ms: number, then: () => void): () => void;
}

/** A connection to the server that outlives lost sockets. */
export interface SocketClient {
  /** @returns false when there is no connection; the message is then not sent. */
  send(message: ClientMessage): boolean;
  close(): void;
}

const firstWaitMs = 500;
const longestWaitMs = 8000;

/** Keeps one connection to the server and opens it again, ever more patiently, when it is lost. */
export function openSocketClient(options: SocketClientOptions): SocketClient {
  let socket: Socket | undefined;
  let isOnline = false;
  let isClosed = false;
  let waitMs = firstWaitMs;
  let giveUp = () => {};

  function connect(): void {
    let isOver = false;
    const readMessages = createReader();
    socket = options.open({
      opened() {
        isOnline = true;
        waitMs = firstWaitMs;
        options.onConnection("online");
      },
      received(data) {
        for (const message of readMessages(data)) options.onMessage(message);
      },
      closed() {
        if (isOver || isClosed) return;
        isOver = true;
        isOnline = false;
        options.onConnection("offline");
        giveUp = options.wait(waitMs, connect);
        waitMs = Math.min(waitMs * 2, longestWaitMs);
      },
    });
  }

  options.onConnection("connecting");
  connect();
  return {
    send(message) {
      if (!isOnline || socket === undefined) return false;
      socket.send(JSON.stringify(message));
      return true;
    },
    close() {
      isClosed = true;
      giveUp();
      socket?.close();
    },
  };
}

/**
 * Puts messages together: the pictures of a message come in frames before it, and what a delta of
 * progress leaves out was told before.
 */
function createReader(): (data: unknown) => readonly ServerMessage[] {
  const pictures = new Map<number, string>();
  const progress = createProgressMemory();
  return (data) => {
    if (data instanceof ArrayBuffer) {
      const found = decodeFrame(data);
      if (found !== undefined) pictures.set(found.frame, toBase64(found.picture));
      return [];
    }
    const message = parseMessage(data);
    if (message === undefined) return [];
    const whole = joinPictures(message, (frame) => pictures.get(frame));
    pictures.clear();
    if (whole.type === "progress") return progress.fromDelta(whole);
    if ("runId" in whole && isEnding(whole)) progress.forget(whole.runId);
    return [whole];
  };
}

function toBase64(bytes: Uint8Array): string {
  let text = "";
  // Not all at once: a call takes a bounded number of arguments.
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(text);
}

function parseMessage(data: unknown): ServerMessage | undefined {
  if (typeof data !== "string") return undefined;
  try {
    const message: unknown = JSON.parse(data);
    const isMessage = typeof message === "object" && message !== null && "type" in message;
    return isMessage ? (message as ServerMessage) : undefined;
  } catch {
    return undefined;
  }
}
