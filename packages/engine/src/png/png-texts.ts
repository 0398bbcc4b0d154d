import { crc32 } from "./crc32.ts";

const signature: readonly number[] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Bytes of a chunk beside its data: length, name, checksum. */
const frameBytes = 12;
/** Keyword's end, then: not compressed, no method, no language, no translated keyword. */
const header: readonly number[] = [0, 0, 0, 0, 0];

interface Chunk {
  readonly name: string;
  readonly data: Uint8Array;
  /** With length, name and checksum. */
  readonly whole: Uint8Array;
}

/** Whether bytes begin as a PNG file does. */
export function isPng(bytes: Uint8Array): boolean {
  return signature.every((byte, at) => bytes[at] === byte);
}

/** The chunks of a PNG up to where it ends or makes no sense; nothing is copied. */
function* chunksOf(bytes: Uint8Array): Generator<Chunk> {
  if (!isPng(bytes)) return;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = signature.length; at + frameBytes <= bytes.length; ) {
    const length = view.getUint32(at);
    const end = at + frameBytes + length;
    if (end > bytes.length) return;
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    yield { name, data: bytes.subarray(at + 8, at + 8 + length), whole: bytes.subarray(at, end) };
    if (name === "IEND") return;
    at = end;
  }
}

/** Keyword and text of an iTXt chunk that is not compressed. */
function textOf({ name, data }: Chunk): readonly [string, string] | undefined {
  if (name !== "iTXt") return undefined;
  const decoder = new TextDecoder();
  const keyEnd = data.indexOf(0);
  if (keyEnd < 1 || data[keyEnd + 1] !== 0) return undefined;
  const languageEnd = data.indexOf(0, keyEnd + 3);
  const translatedEnd = languageEnd < 0 ? -1 : data.indexOf(0, languageEnd + 1);
  if (translatedEnd < 0) return undefined;
  const key = decoder.decode(data.subarray(0, keyEnd));
  return [key, decoder.decode(data.subarray(translatedEnd + 1))];
}

/**
 * The texts that a PNG file carries in uncompressed iTXt chunks, by keyword.
 * Bytes that are no PNG carry none.
 */
export function readPngTexts(bytes: Uint8Array): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const chunk of chunksOf(bytes)) {
    const found = textOf(chunk);
    if (found !== undefined) texts.set(...found);
  }
  return texts;
}

function textChunk(key: string, text: string): Uint8Array {
  const encoder = new TextEncoder();
  const body = [...encoder.encode(`iTXt${key}`), ...header];
  const content = encoder.encode(text);
  // Length, name and data, checksum; the name does not count in the length.
  const chunk = new Uint8Array(4 + body.length + content.length + 4);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, chunk.length - frameBytes);
  chunk.set(body, 4);
  chunk.set(content, 4 + body.length);
  view.setUint32(chunk.length - 4, crc32(chunk.subarray(4, chunk.length - 4)));
  return chunk;
}

/**
 * A PNG file with texts in iTXt chunks before its pixels; texts of the same keywords are replaced,
 * everything else stays byte for byte.
 * @param texts By keyword: 1 to 79 Latin letters.
 * Throws: RangeError where the bytes are no whole PNG.
 *
 * Source: PNG specification (W3C), 11.3.4.5 iTXt.
 */
export function withPngTexts(
  bytes: Uint8Array,
  texts: Readonly<Record<string, string>>,
): Uint8Array {
  const chunks = [...chunksOf(bytes)];
  if (chunks.at(-1)?.name !== "IEND") throw new RangeError("this is no whole PNG file");
  const kept = chunks.filter((chunk) => {
    const [key] = textOf(chunk) ?? [];
    return key === undefined || !Object.hasOwn(texts, key);
  });
  const added = Object.entries(texts).map(([key, text]) => textChunk(key, text));
  const [head, ...rest] = kept.map(({ whole }) => whole);
  const parts = [Uint8Array.from(signature), ...(head === undefined ? [] : [head]), ...added];
  return concat([...parts, ...rest]);
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
