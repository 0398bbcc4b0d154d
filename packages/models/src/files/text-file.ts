import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { ModelError } from "../errors.ts";

/** The encoding that a text's first bytes state, by the mark U+FEFF; UTF-8 without one. */
function encodingOf([a, b]: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if (a === 0xff && b === 0xfe) return "utf-16le";
  if (a === 0xfe && b === 0xff) return "utf-16be";
  return "utf-8";
}

/**
 * A file's bytes as text: UTF-8 with or without a byte order mark, or UTF-16 with one.
 * Throws: file.encoding, when the bytes are of another encoding.
 */
export function decodeText(bytes: Uint8Array, file: string): string {
  const encoding = encodingOf(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ModelError("file.encoding", `the file is not ${encoding.toUpperCase()} text.`, {
      at: file,
      hint: "Save the file as UTF-8, or download it again.",
      cause,
    });
  }
}

/** A text, or one of the bare words that Python writes for numbers which JSON lacks. */
const tokens = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g;

/** Parses JSON as Python writes it: infinities stay, `NaN` becomes null. Throws: SyntaxError. */
export function parsePythonJson(text: string): unknown {
  const plain = text.replace(tokens, (token) => {
    if (token === "NaN") return "null";
    // Too large for a double, so it is read as infinite.
    return token.startsWith('"') ? token : token.replace("Infinity", "1e999");
  });
  return JSON.parse(plain);
}

/** Parses a file's bytes as JSON, as Python writes it. Throws: file.encoding; file.json, when the text is not JSON. */
export function decodeJson(bytes: Uint8Array, file: string): unknown {
  const text = decodeText(bytes, file);
  try {
    return parsePythonJson(text);
  } catch (cause) {
    throw new ModelError("file.json", "the file is not valid JSON.", {
      at: file,
      hint: "Download the file again; it may be cut short.",
      cause,
    });
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

/** Far above any config, index or tokenizer. */
const maxBytes = 256 * 1024 ** 2;

/** Reads a regular file: a pipe or a device may never end. */
async function readRegular(file: string): Promise<Uint8Array> {
  // Without O_NONBLOCK, opening a pipe waits for a writer; Windows has neither.
  const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const about = await handle.stat();
    if (!about.isFile()) throw new Error("it is not a regular file");
    if (about.size > maxBytes) throw new Error(`it has ${about.size} bytes`);
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** A file's bytes; undefined where there is no such file. Throws: file.unreadable. */
export async function readBytes(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readRegular(file);
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw new ModelError("file.unreadable", "the file cannot be read.", {
      at: file,
      hint: "Check that it is an ordinary file of at most 256 MB and that you may read it.",
      cause,
    });
  }
}

/**
 * A checkpoint's `config.json` or another JSON file; undefined where there is no such file.
 * Throws: file.unreadable, file.encoding, file.json.
 */
export async function readJsonFile(file: string): Promise<unknown> {
  const bytes = await readBytes(file);
  return bytes === undefined ? undefined : decodeJson(bytes, file);
}
