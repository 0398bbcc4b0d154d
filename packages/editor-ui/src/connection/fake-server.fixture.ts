import type { ClientMessage, ServerMessage } from "@insightgraph/engine/protocol";
import { createFakeDocuments, type FakeDocuments } from "./fake-documents.fixture.ts";
import type { SocketClientOptions, SocketEvents } from "./socket-client.ts";

/** The other end of a socket, in the test's own hands; time passes when the test says so. */
export interface FakeServer extends Pick<SocketClientOptions, "open" | "wait"> {
  readonly received: unknown[];
  readonly waits: number[];
  /** Documents are answered at once; what the page asks of them is not among `received`. */
  readonly documents: FakeDocuments;
  /** From now on, what the page asks of documents is among `received` and gets no answer. */
  fallSilent(): void;
  accept(): void;
  drop(): void;
  send(message: ServerMessage): void;
  sendRaw(data: unknown): void;
  passTime(): void;
}

/** A server that answers only when the test says so. */
export function createFakeServer(): FakeServer {
  const received: unknown[] = [];
  const waits: number[] = [];
  let events: SocketEvents | undefined;
  let waiting: (() => void)[] = [];
  const send = (message: ServerMessage) => events?.received(JSON.stringify(message));
  const documents = createFakeDocuments(send);
  let isSilent = false;
  const receive = (message: ClientMessage) => {
    if (isSilent) received.push(message);
    else if ("documentId" in message && message.type !== "run") documents.receive(message);
    else received.push(message);
  };
  return {
    documents,
    received,
    waits,
    open(handlers) {
      events = handlers;
      return { send: (text) => receive(JSON.parse(text)), close: () => {} };
    },
    wait(ms, then) {
      waits.push(ms);
      waiting.push(then);
      return () => {
        waiting = waiting.filter((other) => other !== then);
      };
    },
    fallSilent() {
      isSilent = true;
    },
    accept: () => events?.opened(),
    drop: () => events?.closed(),
    send,
    sendRaw: (data) => events?.received(data),
    passTime() {
      const due = waiting;
      waiting = [];
      for (const then of due) then();
    },
  };
}
