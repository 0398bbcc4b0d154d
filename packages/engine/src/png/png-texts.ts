import { EngineError } from "../errors.ts";
import { chunksOf, joinChunks } from "./chunks.ts";
import { parseTextChunk, printTextChunk, textOf } from "./text-chunk.ts";

/** Most bytes of one text; a graph may not be larger either. */
const maxTextBytes = 64_000_000;

/**
 * The text that a PNG file carries under a keyword, from a tEXt, zTXt or iTXt chunk; of several the
 * last. Undefined where there is none, and for bytes that are no PNG.
 * Throws: `file.unreadable` where the text is damaged or inflates to more than 64 MB.
 */
export async function readPngText(bytes: Uint8Array, keyword: string): Promise<string | undefined> {
  const chunks = [...chunksOf(bytes)].flatMap((chunk) => parseTextChunk(chunk) ?? []);
  const found = chunks.findLast((chunk) => chunk.keyword === keyword);
  if (found === undefined) return undefined;
  try {
    return await textOf(found, maxTextBytes);
  } catch (cause) {
    const isTooLarge = cause instanceof RangeError;
    const reason = isTooLarge ? `is larger than ${maxTextBytes} bytes` : "is damaged";
    throw new EngineError("file.unreadable", `the text "${keyword}" in this PNG ${reason}`, {
      hint: "Use the picture as it was first saved, or the graph's own file.",
      cause,
    });
  }
}

/**
 * Puts texts into a PNG file, as iTXt chunks before its pixels. Texts with the same keywords are
 * replaced; everything else stays byte for byte.
 * @param texts By keyword: 1 to 79 Latin letters.
 * Throws: RangeError where the bytes are no whole PNG.
 */
export function withPngTexts(
  bytes: Uint8Array,
  texts: Readonly<Record<string, string>>,
): Uint8Array {
  const chunks = [...chunksOf(bytes)];
  if (chunks.at(-1)?.name !== "IEND") throw new RangeError("this is not a complete PNG file");
  const kept = chunks.filter((chunk) => {
    const keyword = parseTextChunk(chunk)?.keyword;
    return keyword === undefined || !Object.hasOwn(texts, keyword);
  });
  const added = Object.entries(texts).map(([keyword, text]) => printTextChunk(keyword, text));
  const [header, ...rest] = kept.map(({ whole }) => whole);
  return joinChunks([...(header === undefined ? [] : [header]), ...added, ...rest]);
}
