import { expect, test } from "vitest";
import { clipPixels } from "../../packages/editing/src/pictures/clip-pixels.ts";
import { parseClipPixelsConfig } from "../../packages/models/src/networks/clip-pixels-config.ts";
import { readFixture } from "./read-fixture.ts";

test.each(["wide", "high", "squashed", "linear"])(
  "CLIP sees a picture as transformers prepares it, within one of 255 levels: %s",
  async (name) => {
    const fixture = await readFixture("clip-pixels", name);
    const config = parseClipPixelsConfig(fixture.config);
    const { shape: [height = 0, width = 0] = [], data } = fixture.inputs["picture"] ?? {};
    const picture = {
      width,
      height,
      channels: 3,
      data: Uint8Array.from(data ?? [], Number),
    } as const;
    const found = clipPixels(picture, config);
    const wanted = fixture.outputs["pixels"];
    expect(found.shape).toEqual(wanted?.shape);
    const level = config.scale / Math.min(...config.deviation);
    const worst = Array.from(wanted?.data ?? [], Number).reduce(
      (most, value, at) => Math.max(most, Math.abs(value - Number(found.data[at]))),
      0,
    );
    // Pillow rounds between its two passes.
    expect(worst).toBeLessThan(1.01 * level);
  },
);
