import type { Chunk } from "./chunks.ts";
import { crc32 } from "./crc32.ts";
import { inflate } from "./inflate.ts";

/** A text in a PNG file, not yet inflated or decoded. */
export interface TextChunk {
  readonly keyword: string;
  readonly content: Uint8Array;
  readonly isCompressed: boolean;
  /** Whether the chunk must be UTF-8; other text chunks are Latin-1 by specification. */
  readonly isUtf8: boolean;
}

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** Where an iTXt chunk's text begins: after the language and the translated keyword. */
function startOfText(data: Uint8Array, keywordEnd: number): number | undefined {
  const languageEnd = data.indexOf(0, keywordEnd + 3);
  const translatedEnd = languageEnd < 0 ? -1 : data.indexOf(0, languageEnd + 1);
  return translatedEnd < 0 ? undefined : translatedEnd + 1;
}

/**
 * Reads a tEXt, zTXt or iTXt chunk; undefined for other chunks and for malformed ones.
 * Source: PNG specification (W3C), 11.3.3 textual information.
 */
export function parseTextChunk({ name, data }: Chunk): TextChunk | undefined {
  const end = data.indexOf(0);
  if (end < 1) return undefined;
  const keyword = latin1(data.subarray(0, end));
  const from = (start: number): Uint8Array => data.subarray(start);
  if (name === "tEXt") {
    return { keyword, content: from(end + 1), isCompressed: false, isUtf8: false };
  }
  if (name === "zTXt") {
    return { keyword, content: from(end + 2), isCompressed: true, isUtf8: false };
  }
  const start = name === "iTXt" ? startOfText(data, end) : undefined;
  if (start === undefined) return undefined;
  return { keyword, content: from(start), isCompressed: data[end + 1] === 1, isUtf8: true };
}

/**
 * The text of a chunk.
 * Throws: RangeError above `maxBytes`, TypeError where it cannot be inflated or decoded.
 */
export async function textOf(chunk: TextChunk, maxBytes: number): Promise<string> {
  const { content, isCompressed, isUtf8 } = chunk;
  const bytes = isCompressed ? await inflate(content, maxBytes) : content;
  try {
    // Many programs write UTF-8 into Latin-1 chunks; real Latin-1 letters are hardly ever valid UTF-8.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    if (isUtf8) throw cause;
    return latin1(bytes);
  }
}

/** Keyword's end, then: not compressed, no method, no language, no translated keyword. */
const plainHeader: readonly number[] = [0, 0, 0, 0, 0];

/** A whole iTXt chunk, not compressed. */
export function printTextChunk(keyword: string, text: string): Uint8Array {
  const encoder = new TextEncoder();
  const head = [...encoder.encode(`iTXt${keyword}`), ...plainHeader];
  const content = encoder.encode(text);
  const chunk = new Uint8Array(4 + head.length + content.length + 4);
  const view = new DataView(chunk.buffer);
  // The length counts neither itself, nor name and checksum.
  view.setUint32(0, head.length - 4 + content.length);
  chunk.set(head, 4);
  chunk.set(content, 4 + head.length);
  view.setUint32(chunk.length - 4, crc32(chunk.subarray(4, chunk.length - 4)));
  return chunk;
}
