import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
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
    const settings = { folder, colour: "#ffffff" };
    const { images, names } = await listImages.run({}, settings, plainRun);
    expect(names).toEqual(["1.PNG", "2.png", "10.png"]);
    expect(images.map(({ data }) => data[0])).toEqual([1, 2, 10]);
  });

  test("knows what is in the files", async () => {
    const before = await listImages.fingerprint?.({ folder, colour: "#ffffff" });
    await paint("2.png", 3);
    expect(await listImages.fingerprint?.({ folder, colour: "#ffffff" })).not.toBe(before);
    await paint("2.png", 2);
    expect(await listImages.fingerprint?.({ folder, colour: "#ffffff" })).toBe(before);
  });

  test.each([
    ["", "no folder is chosen"],
    ["/no/such/folder", '"/no/such/folder" is not there'],
  ])("says what is wrong with %j", async (place, what) => {
    const settings = { folder: place, colour: "#ffffff" };
    const run = () => shownBy(listImages, () => listImages.run({}, settings, plainRun));
    await expect(run()).rejects.toMatchObject({ what, at: { path: "params.folder" } });
  });
});

describe("stream.images", () => {
  test("gives the same in turn, and knows how many there will be", async () => {
    const { images, names } = await streamImages.run({}, { folder, colour: "#ffffff" }, plainRun);
    const reds: (number | undefined)[] = [];
    for await (const { data } of images) reds.push(data[0]);
    expect(reds).toEqual([1, 2, 10]);
    expect(names.length).toBe(3);
  });
});
