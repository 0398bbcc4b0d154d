import { createHash } from "node:crypto";
import { cp, mkdtemp, readdir, readFile, rm, stat, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordOf } from "./open-dataset.ts";
import type { DatasetRecord, DatasetSource, Fields, FieldValue } from "./record.ts";
import { isPictureFile } from "./record.ts";
import type { Field } from "./schema.ts";
import { shardFormats } from "./shard-formats.ts";
import type { ShardFormat } from "./sinks/shard-writer.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "insightgraph-shards-"));
});
afterAll(() => rm(folder, { recursive: true }));

const schema: readonly Field[] = [
  { name: "source_image", kind: "picture" },
  { name: "mask_image", kind: "picture" },
  { name: "instruction", kind: "text" },
  { name: "score", kind: "number" },
  { name: "is_good", kind: "boolean" },
  { name: "boxes", kind: "json" },
];

const png = [0x89, 0x50, 0x4e, 0x47];
const picture = fc.uint8Array({ maxLength: 3000 }).map((rest): FieldValue => {
  return { bytes: Uint8Array.from([...png, ...rest]) };
});
const words = fc.string({ unit: "grapheme", maxLength: 40 });
// Some texts look like the name of a picture, and name none.
const text = fc.oneof(
  words,
  words.map((said) => `${said}.png`),
);
const json = fc
  .oneof(fc.array(fc.jsonValue()), fc.array(text), fc.dictionary(fc.string(), fc.jsonValue()))
  .map((value) => JSON.parse(JSON.stringify(value)) as FieldValue);
const nullable = (value: fc.Arbitrary<FieldValue>) => fc.option(value, { nil: null });
const fieldsArbitrary: fc.Arbitrary<Fields> = fc.record({
  source_image: picture,
  mask_image: nullable(picture),
  instruction: nullable(text),
  score: nullable(
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)),
  ),
  is_good: nullable(fc.boolean()),
  boxes: nullable(json),
});
const recordsArbitrary: fc.Arbitrary<readonly DatasetRecord[]> = fc
  .uniqueArray(fc.string({ minLength: 1, maxLength: 120 }), { minLength: 1, maxLength: 8 })
  .chain((keys) =>
    fc.tuple(...keys.map((key) => fc.record({ key: fc.constant(key), fields: fieldsArbitrary }))),
  );

async function write(format: ShardFormat, name: string, records: Iterable<DatasetRecord>) {
  const place = path.join(folder, `${name}${format.ending}`);
  await rm(place, { recursive: true, force: true });
  const writer = await format.open(place, schema);
  for (const record of records) await writer.add(record);
  await writer.finish();
  return place;
}

async function readAll(source: DatasetSource): Promise<readonly DatasetRecord[]> {
  const records: DatasetRecord[] = [];
  for await (const item of source.items()) records.push(recordOf(item, await item.load()));
  return records;
}

/** Pictures by their bytes: the names of files are no content. */
function contentOf({ key, fields }: DatasetRecord): object {
  const entries = Object.entries(fields).map(([name, value]) => {
    return [name, isPictureFile(value) ? Buffer.from(value.bytes).toString("base64") : value];
  });
  return { key, fields: Object.fromEntries(entries) };
}

async function digestOf(place: string): Promise<string> {
  const hash = createHash("sha256");
  const isFolder = (await stat(place)).isDirectory();
  const files = isFolder ? (await readdir(place)).sort() : [""];
  for (const file of files) hash.update(file).update(await readFile(path.join(place, file)));
  return hash.digest("hex");
}

const two: readonly DatasetRecord[] = ["a", "b"].map((key) => ({
  key,
  fields: {
    source_image: { bytes: Uint8Array.from([...png, ...new Uint8Array(4000).fill(7)]) },
    mask_image: null,
    instruction: `remove ${key}`,
    score: 0.5,
    is_good: true,
    boxes: [{ x: 1 }],
  },
}));

/** AdvancedEdit's own JSON has pairs alone, and is tested by itself. */
const generalFormats = shardFormats.filter(({ name }) => name !== "advancededit");

describe.each(generalFormats)("$name", (format) => {
  test("what is written is read again, and written again to the same bytes", async () => {
    await fc.assert(
      fc.asyncProperty(recordsArbitrary, async (records) => {
        const place = await write(format, "one", records);
        const read = await readAll(format.read([place], folder));
        expect(read.map(contentOf)).toEqual(records.map(contentOf));
        const again = await write(format, "two", read);
        expect(await digestOf(again)).toBe(await digestOf(place));
      }),
      { numRuns: 20 },
    );
  });

  test("a record that does not fit the columns is refused, and the others are written", async () => {
    const place = path.join(folder, `unfit${format.ending}`);
    const writer = await format.open(place, schema);
    const [first, second] = two as [DatasetRecord, DatasetRecord];
    await writer.add(first);
    const unfit = { ...second, fields: { ...second.fields, score: "high" } };
    await expect(writer.add(unfit)).rejects.toMatchObject({ code: "dataset.field" });
    const surplus = { ...second, fields: { ...second.fields, more: 1 } };
    await expect(writer.add(surplus)).rejects.toMatchObject({ code: "dataset.field" });
    await writer.add(second);
    await writer.finish();
    expect((await readAll(format.read([place], folder))).map(({ key }) => key)).toEqual(["a", "b"]);
  });
});

test("an imagefolder is refused a text whose column would name pictures", () => {
  const { check } = shardFormats.find(({ name }) => name === "imagefolder") ?? {};
  expect(() => check?.(schema)).not.toThrow();
  const unfit: readonly Field[] = [...schema, { name: "old_file_name", kind: "text" }];
  expect(() => check?.(unfit)).toThrow("dataset.field");
});

describe.each(shardFormats.filter(({ ending }) => ending !== ""))("$name, cut off", (format) => {
  test("anywhere: whole records are read, the rest fails with a reason, and the next shard is read", async () => {
    const whole = await write(format, "whole", two);
    const { size } = await stat(whole);
    const good = await write(format, "zgood", two);
    const anywhere = fc.integer({ min: 0, max: size - 1 });
    // A tar is made of blocks, and looks whole where it is cut between two of them.
    const cutAt = fc.oneof(
      anywhere,
      anywhere.map((length) => length - (length % 512)),
    );
    await fc.assert(
      fc.asyncProperty(cutAt, async (length) => {
        const cut = path.join(folder, `cut${format.ending}`);
        await cp(whole, cut);
        await truncate(cut, length);
        const [read, faults]: [DatasetRecord[], unknown[]] = [[], []];
        for await (const item of format.read([cut, good], folder).items()) {
          await item.load().then(
            (fields) => read.push(recordOf(item, fields)),
            (fault: unknown) => faults.push(fault),
          );
        }
        const kept = read.slice(0, -2);
        expect(kept.map(contentOf)).toEqual(two.slice(0, kept.length).map(contentOf));
        expect(read.slice(-2).map(contentOf)).toEqual(two.map(contentOf));
        for (const fault of faults) expect(fault).toMatchObject({ code: "dataset.unreadable" });
        if (kept.length < 2) expect(faults.length).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });
});
