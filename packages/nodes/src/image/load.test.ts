import { chmod, mkdtemp, open, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import type { Mask, Picture } from "@insightgraph/editing/pictures";
import sharp, { type Sharp } from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { maskRows, plainRun, shownBy } from "../plain-run.fixture.ts";
import { imageLoad } from "./load.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "insightgraph-load-"));
});
afterAll(() => rm(folder, { recursive: true }));

const plain = { transparency: "on-colour", colour: "#ffffff" } as const;

async function loadBoth(
  path: string,
  settings: Partial<Parameters<typeof imageLoad.run>[1]> = {},
): Promise<{ image: Picture; mask: Mask; logged: readonly string[] }> {
  const logged: string[] = [];
  const context = { ...plainRun, log: (line: string) => void logged.push(line) };
  const given = { ...plain, ...settings, path };
  return { ...(await shownBy(imageLoad, () => imageLoad.run({}, given, context))), logged };
}

async function load(path: string): Promise<Picture> {
  return (await loadBoth(path)).image;
}

async function write(name: string, picture: Sharp | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, picture instanceof Uint8Array ? picture : await picture.toBuffer());
  return path;
}

const flat = (r: number, g: number, b: number): Sharp =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: { r, g, b } } });

const red = await flat(255, 0, 0).png().toBuffer();
const blue = await flat(0, 0, 255).png().toBuffer();

/** Both pixels far apart in brightness, so that an order is seen. */
const pair = sharp(Uint8Array.of(255, 0, 0, 0, 0, 255), {
  raw: { width: 2, height: 1, channels: 3 },
});

describe("image.load", () => {
  test("gives the pixels of a PNG as they are", async () => {
    const picture = await load(await write("pair.png", pair.clone().png()));
    expect(picture).toEqual({
      width: 2,
      height: 1,
      channels: 3,
      data: Uint8Array.of(255, 0, 0, 0, 0, 255),
    });
  });

  test("turns a picture upright as EXIF says", async () => {
    // Orientation 6: turn by 90 degrees clockwise, so left becomes top.
    const turned = pair.clone().withMetadata({ orientation: 6 }).png();
    const picture = await load(await write("turned.png", turned));
    expect([picture.width, picture.height]).toEqual([1, 2]);
    expect([...picture.data]).toEqual([255, 0, 0, 0, 0, 255]);
  });

  test("converts an embedded profile to sRGB", async () => {
    const path = await write("p3.png", flat(200, 80, 60).withIccProfile("p3").png());
    const stored = await sharp(path, { ignoreIcc: true }).raw().toBuffer();
    // Display P3 is wider, so it stores the same colour with less red.
    expect(stored[0]).toBeLessThan(195);
    const { data } = await load(path);
    for (const [i, wanted] of [200, 80, 60].entries()) {
      expect(Math.abs((data[i] ?? 0) - wanted)).toBeLessThanOrEqual(2);
    }
  });

  test("lays transparency on a colour, or keeps what lies under it; the mask tells how much", async () => {
    const clear = sharp(Uint8Array.of(0, 0, 0, 128, 10, 20, 30, 0), {
      raw: { width: 2, height: 1, channels: 4 },
    });
    const opacity = [[128, 0]];
    for (const file of [
      await write("clear.png", clear.clone().png()),
      await write("clear16.png", clear.clone().toColourspace("rgb16").png()),
      await write("clear.webp", clear.clone().webp({ lossless: true, exact: true })),
    ]) {
      const onWhite = await loadBoth(file);
      expect([...onWhite.image.data]).toEqual([127, 127, 127, 255, 255, 255]);
      expect(maskRows(onWhite.mask)).toEqual(opacity);
      const onRed = await loadBoth(file, { colour: "#ff0000" });
      expect([...onRed.image.data]).toEqual([127, 0, 0, 255, 0, 0]);
      const stored = await loadBoth(file, { transparency: "as-stored", colour: "?" });
      expect([...stored.image.data]).toEqual([0, 0, 0, 10, 20, 30]);
      expect(maskRows(stored.mask)).toEqual(opacity);
    }
    const grey = sharp(Uint8Array.of(50, 0, 60, 255), {
      raw: { width: 2, height: 1, channels: 2 },
    });
    const file = await write("grey-clear.png", grey.toColourspace("b-w").png());
    expect([...(await load(file)).data]).toEqual([255, 255, 255, 60, 60, 60]);
    expect(maskRows((await loadBoth(file)).mask)).toEqual([[0, 255]]);
  });

  test("gives a white mask for opaque files", async () => {
    const { mask, logged } = await loadBoth(await write("pair.png", pair.clone().png()));
    expect({ rows: maskRows(mask), logged }).toEqual({ rows: [[255, 255]], logged: [] });
  });

  test.each([
    [
      "deep.png",
      flat(9, 9, 9).toColourspace("rgb16").png(),
      "ushort samples are converted to 8 bits",
    ],
    ["ink.jpg", flat(9, 9, 9).toColourspace("cmyk").jpeg(), "CMYK is converted to sRGB"],
    [
      "dance.gif",
      sharp([red, blue], { join: { animated: true } }).gif({ loop: 0 }),
      "only the first of 2 frames is used",
    ],
  ])("reports what decoding loses: %s", async (name, file, sentence) => {
    expect((await loadBoth(await write(name, file))).logged).toEqual([sentence]);
  });

  test("reads 1 pixel, and 100 million of them", async () => {
    const one = await loadBoth(await write("one.png", flat(7, 8, 9).resize(1, 1).png()));
    expect([...one.image.data, ...one.mask.data]).toEqual([7, 8, 9, 255]);
    const most = { width: 12_500, height: 8_000 };
    const vast = sharp({ create: { ...most, channels: 3, background: "#040506" } });
    const { image } = await loadBoth(await write("most.png", vast.png({ compressionLevel: 1 })));
    expect({ width: image.width, height: image.height }).toEqual(most);
    expect([...image.data.subarray(-3)]).toEqual([4, 5, 6]);
  });

  test.each([
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

  test("has a fingerprint of the content, not of the name", async () => {
    const a = await write("a.png", flat(1, 2, 3).png());
    const same = await write("b.png", flat(1, 2, 3).png());
    const other = await write("c.png", flat(1, 2, 4).png());
    const print = async (path: string) => imageLoad.fingerprint?.({ ...plain, path });
    expect(await print(same)).toBe(await print(a));
    expect(await print(other)).not.toBe(await print(a));
    await writeFile(same, await flat(9, 9, 9).png().toBuffer());
    expect(await print(same)).not.toBe(await print(a));
  });
});

/** On Windows making a link takes a right of its own. */
const linkToNowhere: readonly [string, () => Promise<string>, string] = [
  "a link to nowhere",
  async () => {
    const path = join(folder, "link.png");
    await symlink(join(folder, "nowhere"), path);
    return path;
  },
  "is not there",
];

describe("image.load refuses", () => {
  const noise = Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * 7919) % 251);
  const busy = sharp(noise, { raw: { width: 64, height: 64, channels: 3 } });
  const half = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, bytes.length / 2);
  const cases: readonly (readonly [string, () => Promise<string>, string])[] = [
    ["no path", async () => "", "no file is chosen"],
    ["a missing file", async () => join(folder, "missing.png"), "is not there"],
    ["a folder", async () => folder, "is a folder"],
    ...(process.platform === "win32"
      ? []
      : [["a device", async () => "/dev/zero", "is not a file"] as const]),
    ["an empty file", () => write("empty.png", Uint8Array.of()), "is empty"],
    ["a text file", () => write("letter.png", Buffer.from("Dear reader")), "is not a picture"],
    ["a drawing", () => write("drawing.svg", Buffer.from(drawing)), "not a raster picture"],
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
    ...(process.platform === "win32" ? [] : [linkToNowhere]),
    ["a file of 2 GB, without reading it", () => writeHoles("huge.png", 2 ** 31), "than 1024 MB"],
  ];

  test.each(cases)("%s", async (_, make, what) => {
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

test.skipIf(process.platform === "win32")("refuses a file that may not be read", async () => {
  const path = await write("private.png", flat(1, 2, 3).png());
  await chmod(path, 0o000);
  const [isRoot, before] = [process.getuid?.() === 0, process.geteuid?.() ?? 0];
  // Root may read everything, so root steps down for this one.
  await chmod(folder, 0o755);
  if (isRoot) process.seteuid?.(65_534);
  try {
    await expect(load(path)).rejects.toMatchObject({
      code: "node.bad-input",
      what: `"${path}" may not be read`,
    });
    const print = shownBy(imageLoad, () => imageLoad.fingerprint?.({ ...plain, path }));
    await expect(print).rejects.toMatchObject({
      code: "node.bad-input",
    });
  } finally {
    if (isRoot) process.seteuid?.(before);
  }
});

/** A file of a size that nothing on the disk stands behind. */
async function writeHoles(name: string, sizeBytes: number): Promise<string> {
  const path = join(folder, name);
  const file = await open(path, "w");
  await file.truncate(sizeBytes);
  await file.close();
  return path;
}

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>`;

/** A PNG whose header claims another size. */
function withSize(png: Uint8Array, width: number, height: number): Uint8Array {
  const bytes = Buffer.from(png);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
  return bytes;
}
