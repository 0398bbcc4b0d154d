import type { ServerMessage } from "../protocol/messages.ts";

/** The part of a WebSocket that messages leave through. */
export interface MessageSocket {
  /** Bytes that wait to be sent. */
  readonly bufferedAmount: number;
  readonly isOpen: boolean;
  send(text: string): void;
  /** Ends the connection at once; what waits is dropped. */
  terminate(): void;
}

/** More than this unsent, and a connection misses reports of progress. */
const maxBehindBytes = 4 * 1024 * 1024;
/** More than this unsent, and the connection ends: its page connects again and catches up. */
const maxUnsentBytes = 16 * 1024 * 1024;

/** Messages as text: a report goes to every page, and is written once. */
const texts = new WeakMap<ServerMessage, string>();

function textOf(message: ServerMessage): string {
  const text = texts.get(message) ?? JSON.stringify(message);
  texts.set(message, text);
  return text;
}

/** Sends messages to one page; one that does not read them costs a bounded amount of memory. */
export function createOutbox(socket: () => MessageSocket): (message: ServerMessage) => void {
  return (message) => {
    const { bufferedAmount, isOpen } = socket();
    if (!isOpen) return;
    if (bufferedAmount > maxUnsentBytes) socket().terminate();
    else if (message.type !== "node-progressed" || bufferedAmount <= maxBehindBytes) {
      socket().send(textOf(message));
    }
  };
}
