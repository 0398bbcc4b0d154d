import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { expect, test } from "vitest";
import { decodePicture } from "../pictures/decode-picture.ts";
import type { Picture } from "../pictures/picture.ts";
import { resample } from "../pictures/resample.ts";
import { hashDistance, hashPictureFile, perceptualHash } from "./perceptual-hash.ts";

async function load(place: string): Promise<Picture> {
  const path = new URL(`../../../../${place}`, import.meta.url);
  const bytes = await readFile(path);
  return (await decodePicture(bytes, { path: place, ground: [255, 255, 255] })).image;
}

const coffee = await load("graphs/samples/coffee.jpg");
const lake = await load("packages/editing/data/photographs/mountain-lake-1.webp");

async function compressed({ data, width, height }: Picture): Promise<Picture> {
  const bytes = await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 30 })
    .toBuffer();
  return (await decodePicture(bytes, { path: "a.jpg", ground: undefined })).image;
}

test("hardly changes with size and compression, and much with the picture", async () => {
  const hash = perceptualHash(coffee);
  expect(hash).toMatch(/^[\da-f]{16}$/);
  const smaller = resample(coffee, { width: 150, height: 100 }, "linear");
  expect(hashDistance(hash, perceptualHash(smaller))).toBeLessThanOrEqual(2);
  expect(hashDistance(hash, perceptualHash(await compressed(coffee)))).toBeLessThanOrEqual(2);
  expect(hashDistance(hash, perceptualHash(lake))).toBeGreaterThan(16);
});

test("of a file it is nearly that of its pixels", async () => {
  const bytes = await readFile(new URL("../../../../graphs/samples/coffee.jpg", import.meta.url));
  const distance = hashDistance(await hashPictureFile(bytes), perceptualHash(coffee));
  expect(distance).toBeLessThanOrEqual(2);
  const mask = await sharp(bytes).greyscale().png().toBuffer();
  expect(await hashPictureFile(mask)).toMatch(/^[\da-f]{16}$/);
  await expect(hashPictureFile(new Uint8Array(9))).rejects.toThrow();
});

test("counts bits", () => {
  expect(hashDistance("00000000000000ff", "000000000000000f")).toBe(4);
  expect(hashDistance("ffffffffffffffff", "0000000000000000")).toBe(64);
});
