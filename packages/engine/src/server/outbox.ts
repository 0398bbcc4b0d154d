import type { ServerMessage } from "../protocol/messages.ts";
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

type Progress = Extract<ServerMessage, { readonly type: "node-progressed" }>;

/** More than this unsent, and a connection misses the pictures of nodes at work. */
const maxPicturesBytes = 1024 * 1024;
/** More than this unsent, and a connection misses reports of progress. */
const maxBehindBytes = 4 * 1024 * 1024;
/** More than this unsent, and the connection ends: its page connects again and catches up. */
const maxUnsentBytes = 16 * 1024 * 1024;

/** Progress without its picture: one object for each report, so that it is encoded once. */
const plain = new WeakMap<Progress, Progress>();

function withoutPicture(message: Progress): Progress {
  const known = plain.get(message);
  if (known !== undefined) return known;
  const { preview: _preview, ...made } = message;
  plain.set(message, made);
  return made;
}

/** Sends messages to one page; one that does not read them costs a bounded amount of memory. */
export function createOutbox(socket: () => MessageSocket): (message: ServerMessage) => void {
  const send = (message: ServerMessage): void => {
    const { frames, text } = encodeMessage(message);
    for (const frame of frames) socket().send(frame);
    socket().send(text);
  };
  return (message) => {
    const { bufferedAmount, isOpen } = socket();
    if (!isOpen) return;
    if (bufferedAmount > maxUnsentBytes) socket().terminate();
    else if (message.type !== "node-progressed") send(message);
    else if (bufferedAmount <= maxPicturesBytes) send(message);
    else if (bufferedAmount <= maxBehindBytes) send(withoutPicture(message));
  };
}
