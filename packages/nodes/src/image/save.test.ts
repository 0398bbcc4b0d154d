import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Picture } from "@insightgraph/editing/pictures";
import type { RunContext } from "@insightgraph/engine/node";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { plainRun, shownBy } from "../plain-run.fixture.ts";
import { imageSave } from "./save.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "insightgraph-save-"));
});
afterEach(() => rm(folder, { recursive: true }));

const picture: Picture = {
  width: 16,
  height: 8,
  channels: 3,
  data: Uint8Array.from({ length: 16 * 8 * 3 }, (_, i) => [200, 120, 40][i % 3] ?? 0),
};

const contextWith = (signal: AbortSignal): RunContext => ({ ...plainRun, signal });

const save = async (path: string, signal = new AbortController().signal): Promise<unknown> =>
  shownBy(imageSave, () =>
    imageSave.run(
      { image: picture },
      { path, quality: 92, existing: "number" },
      contextWith(signal),
    ),
  );

describe("image.save", () => {
  test.each([
    ["out.png", "png", 0],
    ["out.PNG", "png", 0],
    ["out.jpg", "jpeg", 4],
    ["out.jpeg", "jpeg", 4],
    ["out.webp", "webp", 6],
  ])("writes %s as %s", async (name, format, tolerance) => {
    const path = join(folder, name);
    await save(path);
    expect((await sharp(path).metadata()).format).toBe(format);
    const { data, info } = await sharp(path).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height, info.channels]).toEqual([16, 8, 3]);
    const worst = Math.max(...picture.data.map((v, i) => Math.abs(v - (data[i] ?? 0))));
    expect(worst).toBeLessThanOrEqual(tolerance);
    expect(await readdir(folder)).toEqual([name]);
  });

  test.each(["out.png", "out.webp"])("keeps a mask as transparency in %s", async (name) => {
    const path = join(folder, name);
    const data = Uint8Array.from({ length: 16 * 8 }, (_, i) => i);
    const mask = { width: 16, height: 8, data };
    const context = contextWith(new AbortController().signal);
    await imageSave.run(
      { image: picture, mask },
      { path, quality: 100, existing: "number" },
      context,
    );
    expect([...(await sharp(path).extractChannel("alpha").raw().toBuffer())]).toEqual([...data]);
  });

  test.each([
    ["out.jpg", 16, "a JPEG file keeps no transparency"],
    ["out.png", 8, "the mask has 8 x 8 pixels and the picture 16 x 8 pixels"],
  ])("refuses a mask for %s, %i wide", async (name, width, what) => {
    const mask = { width, height: 8, data: new Uint8Array(width * 8) };
    const context = contextWith(new AbortController().signal);
    const settings = { path: join(folder, name), quality: 92, existing: "number" } as const;
    await expect(async () =>
      imageSave.run({ image: picture, mask }, settings, context),
    ).rejects.toMatchObject({ code: "node.bad-input", at: { path: "inputs.mask" }, what });
    expect(await readdir(folder)).toEqual([]);
  });

  test("takes the place of a file that is there", async () => {
    const path = join(folder, "out.png");
    await writeFile(path, "old");
    await save(path);
    expect((await sharp(path).metadata()).width).toBe(16);
  });

  test("writes and tells the path that the run reserved", async () => {
    const reserved: string[] = [];
    const saved: string[] = [];
    const context: RunContext = {
      ...plainRun,
      async reserve(path, existing) {
        reserved.push(path, existing);
        return join(folder, "out-2.png");
      },
      saved: (path) => saved.push(path),
    };
    const settings = { path: join(folder, "out.png"), quality: 92, existing: "refuse" } as const;
    await imageSave.run({ image: picture }, settings, context);
    expect(reserved).toEqual([join(folder, "out.png"), "refuse"]);
    expect(saved).toEqual([join(folder, "out-2.png")]);
    expect(await readdir(folder)).toEqual(["out-2.png"]);
  });

  test.each([
    ["wide.webp", 16_384, "a WebP file holds at most 16383 pixels a side"],
    ["wide.jpg", 65_501, "a JPEG file holds at most 65500 pixels a side"],
  ])(
    "refuses a picture too large for %s, with the limit and the way out",
    async (name, width, what) => {
      const wide: Picture = { width, height: 1, channels: 3, data: new Uint8Array(width * 3) };
      const settings = { path: join(folder, name), quality: 92, existing: "number" } as const;
      const saving = shownBy(imageSave, () => imageSave.run({ image: wide }, settings, plainRun));
      await expect(saving).rejects.toMatchObject({
        code: "node.bad-input",
        at: { path: "inputs.image" },
        what: `${what}, and the picture has ${width} x 1 pixels`,
        hint: 'End the name in .png, or put "image.resize" before it.',
      });
      expect(await readdir(folder)).toEqual([]);
    },
  );

  test.each([
    ["wide.webp", 16_383],
    ["wide.jpg", 65_500],
    ["wider.png", 65_536],
  ])("writes %s, %i wide", async (name, width) => {
    const wide: Picture = { width, height: 1, channels: 3, data: new Uint8Array(width * 3) };
    const settings = { path: join(folder, name), quality: 92, existing: "number" } as const;
    await imageSave.run({ image: wide }, settings, plainRun);
    expect((await sharp(settings.path).metadata()).width).toBe(width);
  });

  test("is neither cached nor left out when a graph runs", () => {
    expect(imageSave.cacheable).toBe(false);
    expect(imageSave.isOutput).toBe(true);
  });

  test("leaves everything as it was when cancelled", async () => {
    const path = join(folder, "out.png");
    await writeFile(path, "old");
    await expect(save(path, AbortSignal.abort())).rejects.toThrow("aborted");
    expect(await readFile(path, "utf8")).toBe("old");
    expect(await readdir(folder)).toEqual(["out.png"]);
  });

  test.each([
    ["nowhere/out.png", "there is no folder"],
    ["out.bmp", "known picture format"],
    ["out", "known picture format"],
    ["", "known picture format"],
    ["taken.png", "is a folder"],
  ])("refuses %j clearly and leaves nothing behind", async (name, what) => {
    await mkdir(join(folder, "taken.png"));
    const path = name === "" ? "" : join(folder, name);
    await expect(save(path)).rejects.toMatchObject({
      code: "node.bad-input",
      at: { path: "params.path" },
      what: expect.stringContaining(what),
    });
    expect(await readdir(folder)).toEqual(["taken.png"]);
  });
});
