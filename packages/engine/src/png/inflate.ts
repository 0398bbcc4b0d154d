/**
 * Inflates a zlib stream, in browsers as in Node.
 * Throws: RangeError above `maxBytes`, TypeError where the stream is damaged.
 */
export async function inflate(bytes: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  const source = new Blob([Uint8Array.from(bytes)]).stream();
  const inflated = source.pipeThrough(new DecompressionStream("deflate"));
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of inflated) {
    size += part.byteLength;
    if (size > maxBytes) throw new RangeError(`more than ${maxBytes} bytes inflated`);
    parts.push(part);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}
