import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import type { RunContext } from "@insightgraph/engine/node";
import sharp, { type Sharp } from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Picture } from "../port-types.ts";
import { loadImage } from "./load-image.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "insightgraph-load-"));
});
afterAll(() => rm(folder, { recursive: true }));

const context: RunContext = {
  signal: new AbortController().signal,
  progress: () => undefined,
  log: () => undefined,
  open: () => Promise.reject(new Error("no model is needed")),
};

async function load(path: string): Promise<Picture> {
  return (await loadImage.run({}, { path }, context)).image;
}

async function write(name: string, picture: Sharp | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, picture instanceof Uint8Array ? picture : await picture.toBuffer());
  return path;
}

const flat = (r: number, g: number, b: number): Sharp =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: { r, g, b } } });

/** Both pixels far apart in brightness, so that an order is seen. */
const pair = sharp(Uint8Array.of(255, 0, 0, 0, 0, 255), {
  raw: { width: 2, height: 1, channels: 3 },
});

describe("image.load", () => {
  it("gives the pixels of a PNG as they are", async () => {
    const picture = await load(await write("pair.png", pair.clone().png()));
    expect(picture).toEqual({
      width: 2,
      height: 1,
      channels: 3,
      data: Uint8Array.of(255, 0, 0, 0, 0, 255),
    });
  });

  it("turns a picture upright as EXIF says", async () => {
    // Orientation 6: turn by 90 degrees clockwise, so left becomes top.
    const turned = pair.clone().withMetadata({ orientation: 6 }).png();
    const picture = await load(await write("turned.png", turned));
    expect([picture.width, picture.height]).toEqual([1, 2]);
    expect([...picture.data]).toEqual([255, 0, 0, 0, 0, 255]);
  });

  it("converts an embedded profile to sRGB", async () => {
    const path = await write("p3.png", flat(200, 80, 60).withIccProfile("p3").png());
    const stored = await sharp(path, { ignoreIcc: true }).raw().toBuffer();
    // Display P3 is wider, so it stores the same colour with less red.
    expect(stored[0]).toBeLessThan(195);
    const { data } = await load(path);
    for (const [i, wanted] of [200, 80, 60].entries()) {
      expect(Math.abs((data[i] ?? 0) - wanted)).toBeLessThanOrEqual(2);
    }
  });

  it("lays transparency on white", async () => {
    const clear = sharp(Uint8Array.of(0, 0, 0, 128, 10, 20, 30, 0), {
      raw: { width: 2, height: 1, channels: 4 },
    }).png();
    expect([...(await load(await write("clear.png", clear))).data]).toEqual([
      127, 127, 127, 255, 255, 255,
    ]);
  });

  it.each([
    ["16-bit colour", "deep.png", flat(128, 64, 32).toColourspace("rgb16").png(), [128, 64, 32], 1],
    ["8-bit grey", "grey.png", flat(90, 90, 90).greyscale().png(), [90, 90, 90], 1],
    ["16-bit grey", "grey16.png", flat(90, 90, 90).toColourspace("grey16").png(), [90, 90, 90], 1],
    ["palette", "palette.png", flat(200, 10, 10).png({ palette: true }), [200, 10, 10], 1],
    ["JPEG", "flat.jpg", flat(60, 120, 180).jpeg(), [60, 120, 180], 3],
    ["WebP", "flat.webp", flat(60, 120, 180).webp({ lossless: true }), [60, 120, 180], 0],
    ["TIFF", "flat.tiff", flat(60, 120, 180).tiff(), [60, 120, 180], 3],
    // CMYK has no pure equal of an sRGB colour, so the hue is what must come through.
    ["CMYK JPEG", "ink.jpg", flat(60, 120, 180).toColourspace("cmyk").jpeg(), [60, 120, 180], 20],
  ] as const)("reads %s", async (_, name, file, colour, tolerance) => {
    const picture = await load(await write(name, file));
    expect(picture.data.length).toBe(8 * 8 * 3);
    for (const [i, wanted] of colour.entries()) {
      expect(Math.abs((picture.data[i] ?? 0) - wanted)).toBeLessThanOrEqual(tolerance);
    }
  });

  it("has a fingerprint of the content, not of the name", async () => {
    const a = await write("a.png", flat(1, 2, 3).png());
    const same = await write("b.png", flat(1, 2, 3).png());
    const other = await write("c.png", flat(1, 2, 4).png());
    const print = async (path: string) => loadImage.fingerprint?.({ path });
    expect(await print(same)).toBe(await print(a));
    expect(await print(other)).not.toBe(await print(a));
    await writeFile(same, await flat(9, 9, 9).png().toBuffer());
    expect(await print(same)).not.toBe(await print(a));
  });
});

describe("image.load refuses", () => {
  const noise = Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * 7919) % 251);
  const busy = sharp(noise, { raw: { width: 64, height: 64, channels: 3 } });
  const half = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, bytes.length / 2);
  const cases: readonly (readonly [string, () => Promise<string>, string])[] = [
    ["no path", async () => "", "no picture is chosen"],
    ["a missing file", async () => join(folder, "missing.png"), "there is no file"],
    ["a folder", async () => folder, "is not a file"],
    ["a device", async () => "/dev/zero", "is not a file"],
    ["an empty file", () => write("empty.png", Uint8Array.of()), "is empty"],
    ["a text file", () => write("letter.png", Buffer.from("Dear reader")), "is not a picture"],
    ["a drawing", () => write("drawing.svg", Buffer.from(drawing)), "not a picture of pixels"],
    [
      "a PNG cut short",
      async () => write("half.png", half(await busy.clone().png().toBuffer())),
      "is damaged or cut short",
    ],
    [
      "a JPEG cut short",
      async () => write("half.jpg", half(await busy.clone().jpeg().toBuffer())),
      "is damaged or cut short",
    ],
    [
      "over 100 megapixels",
      async () => write("vast.png", withSize(await flat(1, 1, 1).png().toBuffer(), 20_000, 5_001)),
      "20000 x 5001 pixels, over 100 megapixels",
    ],
    [
      "a link to nowhere",
      async () => {
        const path = join(folder, "link.png");
        await symlink(join(folder, "nowhere"), path);
        return path;
      },
      "there is no file",
    ],
  ];

  it.each(cases)("%s", async (_, make, what) => {
    const path = await make();
    await expect(load(path)).rejects.toMatchObject({
      code: "node.bad-input",
      at: { path: "params.path" },
      what: expect.stringContaining(what),
      hint: expect.stringMatching(/.{8}/),
    });
    if (path !== "") await expect(load(path)).rejects.toThrow(path);
  });
});

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>`;

/** A PNG whose header claims another size. */
function withSize(png: Uint8Array, width: number, height: number): Uint8Array {
  const bytes = Buffer.from(png);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
  return bytes;
}
