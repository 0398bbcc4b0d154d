import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { plainRun, shownBy } from "../plain-run.fixture.ts";
import { streamImages } from "../stream/images.ts";
import { listImages } from "./images.ts";

let folder = "";

async function paint(name: string, red: number): Promise<void> {
  const background = { r: red, g: 0, b: 0 };
  const picture = sharp({ create: { width: 2, height: 1, channels: 3, background } });
  await picture.png().toFile(path.join(folder, name));
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "pictures-"));
  for (const [name, red] of [
    ["10.png", 10],
    ["2.png", 2],
    ["1.PNG", 1],
  ] as const) {
    await paint(name, red);
  }
  await writeFile(path.join(folder, "notes.txt"), "no picture");
  await mkdir(path.join(folder, "inner.png"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("list.images", () => {
  test("reads the pictures of a folder in the order people expect", async () => {
    const settings = { folder, colour: "#ffffff", broken: "skip" as const };
    const { images, names } = await listImages.run({}, settings, plainRun);
    expect(names).toEqual(["1.PNG", "2.png", "10.png"]);
    expect(images.map(({ data }) => data[0])).toEqual([1, 2, 10]);
  });

  test("knows what is in the files", async () => {
    const before = await listImages.fingerprint?.({
      folder,
      colour: "#ffffff",
      broken: "skip" as const,
    });
    await paint("2.png", 3);
    expect(
      await listImages.fingerprint?.({ folder, colour: "#ffffff", broken: "skip" as const }),
    ).not.toBe(before);
    await paint("2.png", 2);
    expect(
      await listImages.fingerprint?.({ folder, colour: "#ffffff", broken: "skip" as const }),
    ).toBe(before);
  });

  test.each([
    ["", "no folder is chosen"],
    ["/no/such/folder", '"/no/such/folder" is not there'],
  ])("says what is wrong with %j", async (place, what) => {
    const settings = { folder: place, colour: "#ffffff", broken: "skip" as const };
    const run = () => shownBy(listImages, () => listImages.run({}, settings, plainRun));
    await expect(run()).rejects.toMatchObject({ what, at: { path: "params.folder" } });
  });
});

describe("stream.images", () => {
  test("gives the same in turn, and knows how many there will be", async () => {
    const { images, names } = await streamImages.run(
      {},
      { folder, colour: "#ffffff", broken: "skip" as const },
      plainRun,
    );
    const reds: (number | undefined)[] = [];
    for await (const { data } of images) reds.push(data[0]);
    expect(reds).toEqual([1, 2, 10]);
    expect(await collect(names)).toEqual(["1.PNG", "2.png", "10.png"]);
    const settings = { folder, colour: "#ffffff", broken: "stop" } as const;
    expect((await streamImages.run({}, settings, plainRun)).images.length).toBe(3);
  });
});

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe("a folder as cameras and other systems leave it", () => {
  const life = fileURLToPath(new URL("../../../../test/fixtures/folders", import.meta.url));
  const settings = { folder: life, colour: "#ffffff", broken: "skip" } as const;
  const logs: string[] = [];
  const context = { ...plainRun, log: (text: string) => void logs.push(text) };
  beforeEach(() => void logs.splice(0));
  const told = `2 broken pictures are left out: "${path.join(life, "cut.png")}" is damaged or cut short; "${path.join(life, "empty.png")}" is empty`;

  test("gives a list of its good pictures, and tells what is left out", async () => {
    const { images, names } = await listImages.run({}, settings, context);
    expect(names).toEqual(["photo.png"]);
    expect(images).toHaveLength(1);
    expect(logs).toEqual([told]);
  });

  test("gives streams of its good pictures and their names, and tells once what is left out", async () => {
    const { images, names } = await streamImages.run({}, settings, context);
    expect(await collect(images)).toHaveLength(1);
    expect(await collect(names)).toEqual(["photo.png"]);
    expect(logs).toEqual([told]);
  });

  test("gives the same names where no picture is taken", async () => {
    const { names } = await streamImages.run({}, settings, context);
    expect(await collect(names)).toEqual(["photo.png"]);
  });

  test("stops at a broken picture, if asked to, and names it", async () => {
    const stop = { ...settings, broken: "stop" } as const;
    const fault = { what: expect.stringContaining("cut.png"), at: { path: "params.folder" } };
    const list = shownBy(listImages, () => listImages.run({}, stop, context));
    await expect(list).rejects.toMatchObject(fault);
    const { images } = await streamImages.run({}, stop, context);
    await expect(collect(images)).rejects.toMatchObject({ argument: "folder" });
  });
});
