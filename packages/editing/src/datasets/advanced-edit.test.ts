import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, expect, test } from "vitest";
import { encodePng } from "../pictures/encode-png.ts";
import { encodeRunLength } from "../pictures/run-length.ts";
import { fromMaskPicture } from "./mask-picture.ts";
import { learnSchema, openDataset, recordOf } from "./open-dataset.ts";
import type { DatasetRecord } from "./record.ts";
import { isPictureFile } from "./record.ts";
import { advancedEditFormat } from "./sinks/advanced-edit.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "insightgraph-advancededit-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(name: string, content: Uint8Array | string): Promise<void> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
}

const grey = (value: number): Promise<Buffer> =>
  sharp({ create: { width: 4, height: 3, channels: 3, background: { r: value, g: 0, b: 0 } } })
    .png()
    .toBuffer();

/** Columns 1 and 2 of rows 0 and 1. */
const mask = {
  width: 4,
  height: 3,
  data: Uint8Array.of(0, 255, 255, 0, 0, 255, 255, 0, 0, 0, 0, 0),
};
const segmentation = encodeRunLength(mask);

async function readAll(place = folder): Promise<Readonly<Record<string, DatasetRecord["fields"]>>> {
  const all: Record<string, DatasetRecord["fields"]> = {};
  for await (const item of (await openDataset(place)).items()) {
    all[item.key] = await item.load().catch((fault) => ({ fault: fault.what }));
  }
  return all;
}

test("captions are read with their trailing comma", async () => {
  await put("photos/1543.jpg", await grey(1));
  await put(
    "captions/1543.json",
    '{\n    "img_path": "photos/1543.jpg",\n    "caption": "A dog.",\n}',
  );
  const dataset = await openDataset(folder);
  expect(dataset.format).toBe("advancededit");
  const { "captions/1543.json": record } = await readAll();
  expect(record).toMatchObject({ source_caption: "A dog." });
  expect(isPictureFile(record?.["source_image"])).toBe(true);
});

test("objects and masks keep what the file says; boxes of masks are corners", async () => {
  await put("photos/1543.jpg", await grey(1));
  const object = {
    category: "dog",
    obj_simple_caption: "a dog",
    obj_detailed_caption: "a big dog",
  };
  const objects = { object_list: [object], img_caption: "A dog." };
  const annotation = {
    ...{ class_name: "a dog", detailed_caption: "a big dog", bbox: [1.5, 0, 3, 2.25] },
    ...{ segmentation, score: [0.61] },
  };
  const masks = { image_path: "photos/1543.jpg", img_caption: "A dog.", annotations: [annotation] };
  await put("2/1543.json", JSON.stringify(objects));
  await put("3/1543.json", JSON.stringify(masks));
  const { "2/1543.json": two, "3/1543.json": three } = await readAll();
  expect(two).toEqual({ source_caption: "A dog.", object_list: [object] });
  expect(three).toMatchObject({ source_caption: "A dog.", annotations: [annotation] });
});

test("pairs are records, with the mask of their code; what is broken fails alone, with a reason", async () => {
  await put("photos/1543.jpg", await grey(1));
  await put("edited/1543_0.png", await grey(2));
  const pair = {
    ...{ origin_img_path: "photos/1543.jpg", target_img_path: "edited/1543_0.png" },
    ...{ mask_json_path: "3/1543.json", instruction: ["remove the dog"], task_type: "remove" },
    ...{
      class_origin: "dog",
      class_target: "",
      detailed_caption: "a big dog",
      img_caption: "A dog.",
    },
    ...{
      bbox: [1, 0, 2, 2],
      segmentation,
      reasoning_instruction1: "u",
      reasoning_instruction2: "r",
    },
    ...{ qwen_VIE_SC: null, qwen_VIE_PQ: { naturalness: 4, no_artifacts: 5, reasoning: "fine" } },
  };
  const swapped = {
    ...{ origin_img_path: "edited/1543_0.png", target_img_path: "photos/1543.jpg" },
    ...{ instruction: ["change the dog to a cat", "replace the dog with a cat"] },
    ...{ task_type: "replace", class_origin: "dog", class_target: "cat", bbox: [1, 0, 2, 2] },
    segmentation: { size: [3, 4], counts: "no code" },
  };
  await put("4/1543.json", JSON.stringify({ "0": pair, "1": swapped }));
  await put(
    "4/1544.json",
    JSON.stringify({ "0": { ...pair, origin_img_path: "photos/none.jpg" } }),
  );
  await put("4/1545.json", "\u0000");
  await put("4/1546.json", '{"something": "else"}');
  const all = await readAll();
  const read = all["4/1543.json/0"];
  expect(read).toMatchObject({
    ...{ instruction: "remove the dog", edit_type: "remove", source_caption: "A dog." },
    ...{ understanding: "u", reasoning: "r", bbox: [1, 0, 2, 2], qwen_VIE_SC: null },
    ...{ class_origin: "dog", class_target: "", qwen_VIE_PQ: { no_artifacts: 5 } },
  });
  const picture = read?.["mask_image"];
  expect(isPictureFile(picture) && (await fromMaskPicture(picture.bytes))).toMatchObject({
    ...{ width: 4, height: 3, data: Buffer.from(mask.data) },
  });
  expect(all["4/1543.json/1"]).toMatchObject({ fault: expect.stringContaining("runs") });
  expect(all["4/1544.json/0"]).toMatchObject({ fault: expect.stringContaining("none.jpg") });
  expect(all["4/1545.json"]).toMatchObject({ fault: expect.stringContaining("1545") });
  expect(all["4/1546.json"]).toMatchObject({ fault: expect.stringContaining("AdvancedEdit") });
});

async function digestOf(place: string): Promise<string> {
  const hash = createHash("sha256");
  const names = await readdir(place, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => path.join(parentPath, name)).sort();
  for (const file of paths) hash.update(path.relative(place, file)).update(await readFile(file));
  return hash.digest("hex");
}

test("what is written has the format's own names and boxes, and is written again to the same bytes", async () => {
  const picture = { bytes: await encodePng(mask) };
  const record = (key: string, edit_type: string, at: number): Promise<DatasetRecord> =>
    Promise.all([grey(at), grey(at + 1)]).then(([source, edited]) => ({
      key,
      fields: {
        ...{
          source_image: { bytes: source },
          edited_image: { bytes: edited },
          mask_image: picture,
        },
        ...{ instruction: `${edit_type} it`, edit_type, object: "dog", understanding: "u" },
        ...{ source_caption: "A dog.", provenance: "{}" },
      },
    }));
  const records = [
    await record("1543#0", "remove", 10),
    await record("1543#1", "add", 20),
    await record("deep/1544.jpg", "replace", 30),
  ];
  const write = async (name: string, from: readonly DatasetRecord[]): Promise<string> => {
    const place = path.join(folder, name);
    const dataset = {
      format: "",
      items: async function* () {
        for (const { key, fields } of from) yield { key, version: "", load: async () => fields };
      },
    };
    const writer = await advancedEditFormat.open(place, await learnSchema(dataset));
    for (const one of from) await writer.add(one);
    await writer.finish();
    return place;
  };
  const one = await write("one", records);
  const pairs = JSON.parse(await readFile(path.join(one, "pairs/1543.json"), "utf8"));
  expect(Object.keys(pairs)).toEqual(["0", "1"]);
  expect(pairs["1"]).toMatchObject({
    ...{ task_type: "add", class_origin: "", class_target: "dog", instruction: ["add it"] },
    ...{ img_caption: "A dog.", reasoning_instruction1: "u", mask_json_path: "masks/1543.json" },
    ...{ bbox: [1, 0, 2, 2], segmentation },
  });
  const masks = JSON.parse(await readFile(path.join(one, "masks/1543.json"), "utf8"));
  expect(masks.annotations).toMatchObject([
    { class_name: "dog", bbox: [1, 0, 3, 2], segmentation, score: [1] },
    { class_name: "dog", bbox: [1, 0, 3, 2] },
  ]);
  const read: DatasetRecord[] = [];
  for await (const item of advancedEditFormat.read([one], folder).items()) {
    read.push(recordOf(item, await item.load()));
  }
  expect(read.map(({ key }) => key)).toEqual(["1543#0", "1543#1", "deep/1544.jpg"]);
  expect(await digestOf(await write("two", read))).toBe(await digestOf(one));
});

test("a record that does not fit is refused, and the others are written", async () => {
  const place = path.join(folder, "one");
  const writer = await advancedEditFormat.open(place, [
    { name: "mask_image", kind: "picture" },
    { name: "instruction", kind: "text" },
  ]);
  const unfit = { mask_image: { bytes: Uint8Array.of(1, 2, 3) } };
  await expect(writer.add({ key: "a#0", fields: unfit })).rejects.toMatchObject({
    code: "dataset.field",
  });
  await writer.add({ key: "a#1", fields: { instruction: "go" } });
  await writer.finish();
  const pairs = JSON.parse(await readFile(path.join(place, "pairs/a.json"), "utf8"));
  expect(pairs).toMatchObject({ "0": { key: "a#1" } });
});
