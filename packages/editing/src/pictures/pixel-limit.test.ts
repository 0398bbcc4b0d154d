import sharp from "sharp";
import { afterEach, expect, test, vi } from "vitest";
import { decodePicture } from "./decode-picture.ts";
import { maxMegapixels } from "./pixel-limit.ts";

afterEach(() => vi.unstubAllEnvs());

test("is 100 megapixels, or what the environment sets", () => {
  expect(maxMegapixels()).toBe(100);
  vi.stubEnv("INSIGHTGRAPH_MAX_MEGAPIXELS", "0.5");
  expect(maxMegapixels()).toBe(0.5);
  vi.stubEnv("INSIGHTGRAPH_MAX_MEGAPIXELS", "many");
  expect(() => maxMegapixels()).toThrow("not a positive number");
});

test("a picture above the setting is refused before it is decoded", async () => {
  vi.stubEnv("INSIGHTGRAPH_MAX_MEGAPIXELS", "0.01");
  const png = await sharp({ create: { width: 101, height: 100, channels: 3, background: "red" } })
    .png()
    .toBuffer();
  await expect(decodePicture(png, { path: "a.png", ground: undefined })).rejects.toThrow(
    "101 x 100 pixels, over 0.01 megapixels",
  );
});
