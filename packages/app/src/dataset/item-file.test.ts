import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { createItemKeeper, readItemFile } from "./item-file.ts";

test("an item is one file; a picture that several outputs share is in it once, and one that is cut off is refused", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "insightgraph-item-"));
  const file = path.join(folder, "item");
  const { keep, write } = createItemKeeper();
  const picture = { width: 2, height: 1, channels: 3, data: Uint8Array.of(9, 8, 7, 1, 2, 3) };
  const mask = { width: 2, height: 1, data: Uint8Array.of(0, 255) };
  const kept = {
    pictures: await Promise.all([picture, picture].map((value) => keep(value, "image"))),
    mask: await keep(mask, "mask"),
    ...{
      text: keep("\ud800 a", "text"),
      number: keep(0.5, "number"),
      keep: keep(false, "boolean"),
    },
  };
  await write(kept, file);
  const { values, pictures } = await readItemFile(file);
  expect(values).toMatchObject({
    ...{ pictures: [{ picture: 0 }, { picture: 0 }], mask: { picture: 1 } },
    ...{ text: "\ud800 a", number: 0.5, keep: false },
  });
  const [first, second] = await Promise.all(pictures.map((bytes) => sharp(bytes).raw().toBuffer()));
  expect([...(first ?? [])]).toEqual([...picture.data]);
  expect((second ?? []).length).toBeGreaterThan(0);
  expect(await sharp(pictures[1]).metadata()).toMatchObject({ format: "png", channels: 1 });
  await writeFile(file, (await readFile(file)).subarray(0, -1));
  await expect(readItemFile(file)).rejects.toThrow(RangeError);
  await rm(folder, { recursive: true });
});
