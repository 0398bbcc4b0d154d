import { setImmediate } from "node:timers/promises";
import type { Mask } from "@insightgraph/editing/pictures";
import { slidingMaximum } from "@insightgraph/editing/pictures";
import { defineNode, param, type RunContext } from "@insightgraph/engine/node";
import { mask } from "../port-types/mask.ts";

export const maskDilate = defineNode({
  type: "mask.dilate",
  version: 1,
  title: "Dilate",
  doc: "Grows a mask by a radius. To shrink a mask, invert it before and after.",
  inputs: { mask: mask("Mask to grow.") },
  params: {
    radius: param.integer({ default: 4, min: 0, max: 128, doc: "Radius in pixels." }),
  },
  outputs: { mask: mask("Grown mask.") },
  run: async (inputs, { radius }, context) => ({
    mask: await dilate(inputs.mask, radius, context),
  }),
});

/** Rows between checks for cancellation. */
const rowsAtOnce = 64;

/** Maximum over a disc around each pixel; the disc is computed as a stack of row segments. */
async function dilate(
  { width, height, data }: Mask,
  radius: number,
  { signal, progress }: RunContext,
): Promise<Mask> {
  const grown = new Uint8Array(width * height);
  const reaches = Array.from({ length: radius + 1 }, (_, dy) =>
    Math.floor(Math.sqrt(radius * radius - dy * dy)),
  );
  for (let y = 0; y < height; y++) {
    if (y > 0 && y % rowsAtOnce === 0) {
      await setImmediate();
      signal.throwIfAborted();
      progress(y, height);
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
