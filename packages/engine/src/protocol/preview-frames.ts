import type { PictureBytes, Preview } from "../node/preview.ts";
import type { ServerMessage } from "./messages.ts";
import type { RunEvent } from "./run-event.ts";

/** A preview that is a picture, or a list of them. */
type Picture = Extract<Preview, { readonly kind: "image" }>;

/** A picture whose bytes came in a binary frame, just before the message. */
interface Framed extends Pick<PictureBytes, "mime"> {
  /** The number that the frame begins with. */
  readonly frame: number;
}

type FramedPicture = Omit<Picture, "base64" | "others"> &
  Framed & { readonly others?: readonly Framed[] };

type Change = (preview: Preview) => Preview;

function inEvent<Event extends RunEvent>(event: Event, change: Change): Event {
  if (event.type === "node-progressed" && event.preview !== undefined) {
    return { ...event, preview: change(event.preview) };
  }
  if (event.type !== "node-finished") return event;
  const previews = Object.entries(event.previews);
  if (previews.length === 0) return event;
  const changed = previews.map(([name, preview]) => [name, change(preview)]);
  return { ...event, previews: Object.fromEntries(changed) };
}

/** A message with each of its previews changed. */
function withPreviews(message: ServerMessage, change: Change): ServerMessage {
  if (message.type === "node-progressed" || message.type === "node-finished") {
    return inEvent(message, change);
  }
  if (message.type === "progress") {
    const nodes = Object.entries(message.nodes).map(([id, node]) => [
      id,
      node.preview === undefined ? node : { ...node, preview: change(node.preview) },
    ]);
    return { ...message, nodes: Object.fromEntries(nodes) };
  }
  if (message.type !== "welcome") return message;
  const runs = message.runs.map((run) => ({
    ...run,
    events: run.events.map((event) => inEvent(event, change)),
  }));
  return { ...message, runs };
}

/** A message whose pictures travel apart: each is handed to `send`, which gives the number of its frame. */
export function splitPictures(
  message: ServerMessage,
  send: (picture: PictureBytes) => number,
): ServerMessage {
  const toFramed = (picture: PictureBytes): Framed => ({
    mime: picture.mime,
    frame: send(picture),
  });
  return withPreviews(message, (preview) => {
    if (preview.kind !== "image") return preview;
    const { base64: _, others, ...about } = preview;
    const framed: FramedPicture = {
      ...about,
      ...toFramed(preview),
      ...(others === undefined ? {} : { others: others.map(toFramed) }),
    };
    return framed as unknown as Preview;
  });
}

/** The message as it was before `splitPictures`; `take` gives the picture of a frame in base64. */
export function joinPictures(
  message: ServerMessage,
  take: (frame: number) => string | undefined,
): ServerMessage {
  const toPicture = ({ mime, frame }: Framed): PictureBytes => ({
    mime,
    base64: take(frame) ?? "",
  });
  return withPreviews(message, (preview) => {
    if (preview.kind !== "image" || !("frame" in preview)) return preview;
    const { frame, others, ...about } = preview as unknown as FramedPicture;
    return {
      ...about,
      base64: take(frame) ?? "",
      ...(others === undefined ? {} : { others: others.map(toPicture) }),
    };
  });
}

const numberBytes = 4;

/** A binary frame: four bytes of its number, then the picture. */
export function encodeFrame(frame: number, picture: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(numberBytes + picture.length);
  new DataView(bytes.buffer).setUint32(0, frame);
  bytes.set(picture, numberBytes);
  return bytes;
}

/** What a binary frame holds; undefined for bytes that are none. */
export function decodeFrame(
  bytes: ArrayBuffer,
): { readonly frame: number; readonly picture: Uint8Array } | undefined {
  if (bytes.byteLength < numberBytes) return undefined;
  const frame = new DataView(bytes).getUint32(0);
  return { frame, picture: new Uint8Array(bytes, numberBytes) };
}
