import { setImmediate } from "node:timers/promises";
import type { Mask } from "./picture.ts";
import { slidingMaximum } from "./sliding-maximum.ts";

/** Rows between checks for cancellation. */
const rowsAtOnce = 64;

/** What happens while a mask grows. */
export interface DilateHooks {
  readonly signal?: AbortSignal;
  onRow?(done: number, total: number): void;
}

/** Maximum over a disc around each pixel; the disc is computed as a stack of row segments. */
export async function dilateMask(
  { width, height, data }: Mask,
  radius: number,
  { signal, onRow }: DilateHooks = {},
): Promise<Mask> {
  const grown = new Uint8Array(width * height);
  const reaches = Array.from({ length: radius + 1 }, (_, dy) =>
    Math.floor(Math.sqrt(radius * radius - dy * dy)),
  );
  for (let y = 0; y < height; y++) {
    if (y > 0 && y % rowsAtOnce === 0) {
      await setImmediate();
      signal?.throwIfAborted();
      onRow?.(y, height);
    }
    const row = data.subarray(y * width, (y + 1) * width);
    if (row.every((value) => value === 0)) continue;
    for (const [dy, reach] of reaches.entries()) {
      const widened = slidingMaximum(row, reach);
      if (y + dy < height) raise(grown, widened, (y + dy) * width);
      if (y - dy >= 0) raise(grown, widened, (y - dy) * width);
    }
  }
  return { width, height, data: grown };
}

function raise(target: Uint8Array, row: Uint8Array, offset: number): void {
  for (let x = 0; x < row.length; x++) {
    const value = row[x] ?? 0;
    if (value > (target[offset + x] ?? 0)) target[offset + x] = value;
  }
}
