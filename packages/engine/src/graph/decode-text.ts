import { EngineError } from "../errors.ts";

const byteOrderMarks: readonly (readonly [string, readonly number[]])[] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

function encodingOf(bytes: Uint8Array): string {
  const marked = byteOrderMarks.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte));
  return marked?.[0] ?? "utf-8";
}

/** The characters of a text's first bytes; undefined where one is invalid. One cut at the end is left out. */
function decodeStart(bytes: Uint8Array, length: number, encoding: string): string | undefined {
  try {
    const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
    return decoder.decode(bytes.subarray(0, length), { stream: true });
  } catch {
    return undefined;
  }
}

/** Everything before the first character that is invalid or cut. */
function validStart(bytes: Uint8Array, encoding: string): string {
  let [valid, invalid] = [0, bytes.length + 1];
  while (invalid - valid > 1) {
    const middle = Math.floor((valid + invalid) / 2);
    if (decodeStart(bytes, middle, encoding) === undefined) invalid = middle;
    else valid = middle;
  }
  return decodeStart(bytes, valid, encoding) ?? "";
}

const unmarkedUtf16 = "UTF-16 without a byte order mark";

function guessEncoding(bytes: Uint8Array): string {
  return bytes.includes(0) ? unmarkedUtf16 : "Latin-1 or Windows-1252";
}

function refuse(name: string, what: string, guess: string, cause?: unknown): EngineError {
  return new EngineError("file.encoding", `"${name}" ${what}; it looks like ${guess}`, {
    hint: "Save it as UTF-8.",
    cause,
  });
}

/**
 * Decodes a text file: UTF-8, or UTF-16 with a byte order mark.
 * @param name Name of the file, for errors.
 * Throws: `file.encoding` for any other encoding, with the first byte that is wrong.
 */
export function decodeText(bytes: Uint8Array, name: string): string {
  const encoding = encodingOf(bytes);
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    const start = validStart(bytes, encoding);
    const isUtf8 = encoding === "utf-8";
    const offset = isUtf8 ? new TextEncoder().encode(start).length : start.length * 2;
    const line = start.split("\n").length;
    const guess = isUtf8 ? guessEncoding(bytes) : "a damaged file";
    const what = `is not ${encoding.toUpperCase()} at byte ${offset} (line ${line})`;
    throw refuse(name, what, guess, cause);
  }
  const zero = text.indexOf("\0");
  if (zero < 0) return text;
  throw refuse(name, `has a zero character at ${zero}`, unmarkedUtf16);
}
