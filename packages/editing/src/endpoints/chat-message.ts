import sharp from "sharp";
import type { Picture } from "../pictures/picture.ts";

/** A message of the chat API. */
export interface ChatMessage {
  readonly role: "system" | "user" | "assistant";
  readonly content: string | readonly ContentPart[];
}

type ContentPart =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "image_url"; readonly image_url: { readonly url: string } };

/** What is asked. */
export interface ChatQuestion {
  /** Standing orders. */
  readonly system?: string | undefined;
  readonly text: string;
  /** Shown before the text, in this order. */
  readonly pictures?: readonly Picture[] | undefined;
  /** Pictures are scaled down to this many pixels on the longer side. @default 1024 */
  readonly maxSide?: number | undefined;
}

/** A picture as a data address; JPEG at a quality that leaves no traces a model would judge. */
async function pictureAddress(picture: Picture, maxSide: number): Promise<string> {
  const { width, height, channels, data } = picture;
  const bytes = await sharp(data, { raw: { width, height, channels } })
    .resize(maxSide, maxSide, { fit: "inside", withoutEnlargement: true })
    .jpeg({ quality: 95, chromaSubsampling: "4:4:4" })
    .toBuffer();
  return `data:image/jpeg;base64,${bytes.toString("base64")}`;
}

/** The messages that ask a question. */
export async function messagesOf(question: ChatQuestion): Promise<readonly ChatMessage[]> {
  const { system, text, pictures = [], maxSide = 1024 } = question;
  const addresses = await Promise.all(pictures.map((picture) => pictureAddress(picture, maxSide)));
  const shown = addresses.map((url) => ({ type: "image_url", image_url: { url } }) as const);
  const content = shown.length === 0 ? text : [...shown, { type: "text", text } as const];
  const orders = system === undefined ? [] : [{ role: "system", content: system } as const];
  return [...orders, { role: "user", content }];
}
