import type { ServerMessage } from "@insightgraph/engine/protocol";
import type { SocketClientOptions, SocketEvents } from "./socket-client.ts";

/** The other end of a socket, in the test's own hands; time passes when the test says so. */
export interface FakeServer extends Pick<SocketClientOptions, "open" | "wait"> {
  readonly received: unknown[];
  readonly waits: number[];
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
  let next: (() => void) | undefined;
  return {
    received,
    waits,
    open(handlers) {
      events = handlers;
      return { send: (text) => received.push(JSON.parse(text)), close: () => {} };
    },
    wait(ms, then) {
      waits.push(ms);
      next = then;
      return () => {
        next = undefined;
      };
    },
    accept: () => events?.opened(),
    drop: () => events?.closed(),
    send: (message) => events?.received(JSON.stringify(message)),
    sendRaw: (data) => events?.received(data),
    passTime: () => next?.(),
  };
}
