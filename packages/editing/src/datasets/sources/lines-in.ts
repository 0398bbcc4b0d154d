import { createReadStream } from "node:fs";

/** A line of a text file, without its end, and its bytes in the file. */
export interface Line {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const newline = 10;
const byteOrderMark = "\uFEFF";

function toText(bytes: Buffer, isFirst: boolean): string {
  const text = bytes.toString("utf8");
  const isMarked = isFirst && text.startsWith(byteOrderMark);
  return text.slice(isMarked ? 1 : 0, text.endsWith("\r") ? -1 : undefined);
}

/** The lines of a file in UTF-8, one by one; they may end in a carriage return too. */
export async function* linesIn(file: string): AsyncGenerator<Line> {
  let [start, parts] = [0, [] as Buffer[]];
  const lineOf = (last: Buffer): Line => {
    const bytes = parts.length === 0 ? last : Buffer.concat([...parts, last]);
    return { text: toText(bytes, start === 0), start, end: start + bytes.length };
  };
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let to = chunk.indexOf(newline); to >= 0; to = chunk.indexOf(newline, from)) {
      const line = lineOf(chunk.subarray(from, to));
      yield line;
      [start, parts, from] = [line.end + 1, [], to + 1];
    }
    if (from < chunk.length) parts.push(chunk.subarray(from));
  }
  if (parts.length > 0) yield lineOf(Buffer.of());
}
