import sharp from "sharp";
import { expect, test } from "vitest";
import { tiffToPng } from "./tiff-to-png.ts";

test("a TIFF of 16 bits becomes a PNG of 8, no larger than a page needs", async () => {
  const pixels = new Uint16Array(2000 * 10 * 3).fill(0x8080);
  const raw = { width: 2000, height: 10, channels: 3 } as const;
  const tiff = await sharp(pixels, { raw }).toColourspace("rgb16").tiff().toBuffer();
  const png = sharp(await tiffToPng(tiff));
  expect(await png.metadata()).toMatchObject({
    format: "png",
    width: 1024,
    height: 5,
    depth: "uchar",
  });
  expect([...(await png.raw().toBuffer()).subarray(0, 3)]).toEqual([128, 128, 128]);
});

test("what is damaged is refused", async () => {
  await expect(tiffToPng(Buffer.from("II*\0cut"))).rejects.toThrow();
});
