/** Estimates how many bytes of memory a value takes; shared buffers count once. */
export function estimateBytes(value: unknown): number {
  const seen = new Set<object>();
  const rest: unknown[] = [value];
  let bytes = 0;
  while (rest.length > 0) {
    const item = rest.pop();
    if (typeof item === "string") bytes += 16 + item.length * 2;
    else if (typeof item !== "object" || item === null) bytes += 8;
    else if (ArrayBuffer.isView(item)) {
      if (!seen.has(item.buffer)) bytes += 64 + item.buffer.byteLength;
      seen.add(item.buffer);
    } else if (!seen.has(item)) {
      seen.add(item);
      bytes += 48;
      for (const inner of item instanceof Map ? item.values() : Object.values(item)) {
        rest.push(inner);
      }
    }
  }
  return bytes;
}
