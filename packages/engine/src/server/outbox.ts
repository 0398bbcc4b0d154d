import type { ServerMessage } from "../protocol/messages.ts";
import { createProgressMemory, type NodeProgressed } from "../protocol/progress-delta.ts";
import { isEnding } from "../protocol/run-event.ts";
import { encodeMessage } from "./encode-message.ts";

/** The part of a WebSocket that messages leave through. */
export interface MessageSocket {
  /** Bytes that wait to be sent. */
  readonly bufferedAmount: number;
  readonly isOpen: boolean;
  send(data: string | Uint8Array): void;
  /** Ends the connection at once; what waits is dropped. */
  terminate(): void;
}

/** Messages to one page. */
export interface Outbox {
  send(message: ServerMessage): void;
  /** Progress goes as deltas; of what a page misses, its later deltas tell all. */
  sendProgress(reports: readonly NodeProgressed[]): void;
}

/** More than this unsent, and a connection misses the pictures of nodes at work. */
const maxPicturesBytes = 1024 * 1024;
/** More than this unsent, and a connection misses reports of progress. */
const maxBehindBytes = 4 * 1024 * 1024;
/** More than this unsent, and the connection ends: its page connects again and catches up. */
const maxUnsentBytes = 16 * 1024 * 1024;

function withoutPicture({ preview: _preview, ...report }: NodeProgressed): NodeProgressed {
  return report;
}

/** Sends messages to one page; one that does not read them costs a bounded amount of memory. */
export function createOutbox(socket: () => MessageSocket): Outbox {
  const memory = createProgressMemory();
  const post = (message: ServerMessage): void => {
    const { frames, text } = encodeMessage(message);
    for (const frame of frames) socket().send(frame);
    socket().send(text);
  };
  const isReading = (): boolean => {
    const { bufferedAmount, isOpen } = socket();
    if (isOpen && bufferedAmount > maxUnsentBytes) socket().terminate();
    return isOpen && bufferedAmount <= maxUnsentBytes;
  };
  return {
    send(message) {
      if (!isReading()) return;
      post(message);
      if ("runId" in message && isEnding(message)) memory.forget(message.runId);
    },
    sendProgress(reports) {
      if (!isReading() || socket().bufferedAmount > maxBehindBytes) return;
      const isBehind = socket().bufferedAmount > maxPicturesBytes;
      const sent = isBehind ? reports.map(withoutPicture) : reports;
      for (const delta of memory.toDeltas(sent)) post(delta);
    },
  };
}
