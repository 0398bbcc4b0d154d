import type { PictureBytes } from "../node/preview.ts";
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

/** What goes to every page is encoded once: messages, and pictures in the deltas that each page gets of its own. */
const encoded = new WeakMap<ServerMessage, EncodedMessage>();
const framed = new WeakMap<object, Frame>();

interface Frame {
  readonly number: number;
  readonly bytes: Uint8Array;
}

function frameOf(picture: PictureBytes): Frame {
  const known = framed.get(picture);
  if (known !== undefined) return known;
  const number = nextFrame();
  const made = { number, bytes: encodeFrame(number, Buffer.from(picture.base64, "base64")) };
  framed.set(picture, made);
  return made;
}

/** Encodes a message for a WebSocket. */
export function encodeMessage(message: ServerMessage): EncodedMessage {
  const known = encoded.get(message);
  if (known !== undefined) return known;
  const pictures: Uint8Array[] = [];
  const split = splitPictures(message, (picture) => {
    const { number, bytes } = frameOf(picture);
    pictures.push(bytes);
    return number;
  });
  const made = { frames: pictures, text: JSON.stringify(split) };
  encoded.set(message, made);
  return made;
}
