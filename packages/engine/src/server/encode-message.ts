import type { ServerMessage } from "../protocol/messages.ts";
import { encodeFrame, splitPictures } from "../protocol/preview-frames.ts";

/** A message as it is sent: the frames of its pictures, then its text. */
export interface EncodedMessage {
  readonly frames: readonly Uint8Array[];
  readonly text: string;
}

let frames = 0;

/** The next number of a frame; after four thousand million they begin anew. */
function nextFrame(): number {
  frames = (frames + 1) % 2 ** 32;
  return frames;
}

/** Messages that go to every page are encoded once. */
const encoded = new WeakMap<ServerMessage, EncodedMessage>();

/** Encodes a message for a WebSocket. */
export function encodeMessage(message: ServerMessage): EncodedMessage {
  const known = encoded.get(message);
  if (known !== undefined) return known;
  const pictures: Uint8Array[] = [];
  const split = splitPictures(message, ({ base64 }) => {
    const frame = nextFrame();
    pictures.push(encodeFrame(frame, Buffer.from(base64, "base64")));
    return frame;
  });
  const made = { frames: pictures, text: JSON.stringify(split) };
  encoded.set(message, made);
  return made;
}
