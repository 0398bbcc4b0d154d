import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDatasetFolder } from "../dataset-folder.ts";
import { openWholeDataset } from "../open-dataset.ts";
import { shardFormat } from "../shard-formats.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "insightgraph-addresses-"));
});
afterEach(() => rm(folder, { recursive: true }));

const at = (name: string): string => path.join(folder, name);

function picture(shade: number): Promise<Buffer> {
  const background = { r: shade, g: shade, b: shade };
  return sharp({ create: { width: 4, height: 4, channels: 3, background } })
    .png()
    .toBuffer();
}

/** Reads the records in turn, then each again by its address from a data set opened anew, the last one first. */
async function expectSame(place: string, count: number): Promise<void> {
  const whole: { readonly address: string; readonly fields: unknown; readonly texts: unknown }[] =
    [];
  for await (const item of (await openWholeDataset(place)).items()) {
    const texts = await item.load({ isWithoutPictures: true });
    whole.push({ address: item.address, fields: await item.load(), texts });
  }
  expect(whole).toHaveLength(count);
  const again = await openWholeDataset(place);
  for (const { address, fields, texts } of whole.toReversed()) {
    expect(await again.loadAt(address)).toEqual(fields);
    expect(await again.loadAt(address, { isWithoutPictures: true, isLone: true })).toEqual(texts);
  }
}

test.each(["parquet", "imagefolder", "webdataset", "advancededit"])(
  "records of %s are read again by their address",
  async (format) => {
    const fields = [
      { name: "source_image", kind: "picture" },
      { name: "edited_image", kind: "picture" },
      { name: "instruction", kind: "text" },
    ] as const;
    const dataset = await openDatasetFolder(at("set"), shardFormat(format), fields);
    const placed = [];
    for (const shard of [1, 2]) {
      const records = [1, 2, 3].map(async (number) => ({
        key: `${shard}-${number}`,
        fields: {
          source_image: { bytes: await picture(shard * 10 + number) },
          edited_image: { bytes: await picture(100 + shard * 10 + number) },
          instruction: `remove the ${shard}. cup of ${number}`,
        },
      }));
      const all = await Promise.all(records);
      const facts = await dataset.writeShard(
        shard,
        (async function* () {
          yield* all;
        })(),
      );
      if (facts === undefined) throw new Error("nothing was written");
      const final = { ...facts, path: dataset.finalPath(shard - 1, 2), from: facts.path };
      await dataset.place(final);
      placed.push(final);
    }
    await dataset.publish(placed, true);
    await expectSame(at("set"), 6);
  },
);

test.each([
  ["lines.jsonl", '\uFEFF{"a":"é"}\r\n\n{"a":"two\\nlines"}\n{"a":"last"}', 3],
  ["rows.csv", '\uFEFFa,b\r\n1,"x\ny, z"\r\n2,é\r\n"3",last', 3],
  ["list.json", '[{"a":1},{"a":2},]', 2],
  ["named.json", '{"one/two":{"a":1},"x":{"a":2}}', 2],
])("records of %s are read again by their address", async (name, text, count) => {
  await writeFile(at(name), text);
  await expectSame(at(name), count);
});

test("photographs and seeds are read again by their address", async () => {
  await mkdir(at("photos/below"), { recursive: true });
  await writeFile(at("photos/a.png"), await picture(1));
  await writeFile(at("photos/below/b.png"), await picture(2));
  await expectSame(at("photos"), 2);
  await expectSame("seeds:12", 12);
});
