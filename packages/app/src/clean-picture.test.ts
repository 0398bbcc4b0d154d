import { readFile } from "node:fs/promises";
import path from "node:path";
import { decodePicture } from "@insightgraph/editing/pictures";
import sharp from "sharp";
import { expect, test } from "vitest";
import { cleanPicture } from "./clean-picture.ts";
import { projectDir } from "./places.ts";

const fixture = (name: string): Promise<Uint8Array> =>
  readFile(path.join(projectDir, "test/fixtures", name));
const asLoaded = (bytes: Uint8Array) => decodePicture(bytes, { path: "p", ground: undefined });

test.each([
  ...["photographs/coffee.jpg", "colour/rgb-16-alpha-adobe-rgb.png"],
  ...["colour/cmyk-8-press.tif", "colour/rgb-float-none.tif"],
])("%s keeps its pixels and nothing else", async (name) => {
  const bytes = await fixture(name);
  const clean = await cleanPicture(bytes);
  const [before, after] = [await asLoaded(bytes), await asLoaded(clean)];
  expect(Buffer.compare(before.image.data, after.image.data)).toBe(0);
  expect(Buffer.compare(before.mask.data, after.mask.data)).toBe(0);
  const about = await sharp(clean).metadata();
  expect([about.format, about.exif, about.comments]).toEqual(["png", undefined, undefined]);
});

test("what a picture carries besides its pixels is gone", async () => {
  const bytes = await fixture("photographs/coffee.jpg");
  const script = Buffer.from("<script>alert(1)</script>");
  const clean = Buffer.from(await cleanPicture(Buffer.concat([bytes, script])));
  expect(clean.includes(script)).toBe(false);
});

test("a picture that is cut short is refused", async () => {
  const bytes = await fixture("photographs/coffee.jpg");
  await expect(cleanPicture(bytes.subarray(0, bytes.length / 2))).rejects.toThrow("cut short");
});
