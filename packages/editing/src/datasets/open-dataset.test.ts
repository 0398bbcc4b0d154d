import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import type { SchemaElement } from "hyparquet";
import { parquetWriteFile } from "hyparquet-writer";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { applyMapping, parseMapping } from "./column-mapping.ts";
import { openDatasetFolder } from "./dataset-folder.ts";
import { learnSchema, type OpenedDataset, openDataset } from "./open-dataset.ts";
import { type Fields, type FieldValue, isPictureFile } from "./record.ts";
import { parquetFormat } from "./sinks/parquet.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "insightgraph-datasets-"));
});
afterEach(() => rm(folder, { recursive: true }));

const png = (...rest: number[]): Uint8Array => Uint8Array.from([0x89, 0x50, 0x4e, 0x47, ...rest]);

async function put(name: string, content: Uint8Array | string): Promise<void> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
}

function shown(value: FieldValue): unknown {
  if (isPictureFile(value)) return [...value.bytes.subarray(4)];
  return Array.isArray(value) ? value.map(shown) : value;
}

/** Each record by its key, with pictures as the bytes after their signature; of a failing one the reason. */
async function readAll(dataset: OpenedDataset): Promise<Readonly<Record<string, unknown>>> {
  const all: Record<string, unknown> = {};
  for await (const item of dataset.items()) {
    all[item.key] = await item.load().then(
      (fields) =>
        Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, shown(value)])),
      (fault: { readonly code: string }) => fault.code,
    );
  }
  return all;
}

describe("a folder", () => {
  test("of photographs gives each as source_image, at any depth, without hidden and side files", async () => {
    await put("a.jpg", png(1));
    await put("deep/er/b.PNG", png(2));
    await put(".hidden/c.png", png(3));
    await put("._a.jpg", png(4));
    await put("notes.txt", "no picture");
    const dataset = await openDataset(folder);
    expect(dataset.format).toBe("folder");
    expect(await readAll(dataset)).toEqual({
      "a.jpg": { source_image: [1] },
      "deep/er/b.PNG": { source_image: [2] },
    });
  });

  test("with metadata.jsonl is an imagefolder; lines and pictures that are broken fail alone", async () => {
    await put("train/a.png", png(1));
    await put("train/m.png", png(2));
    const lines = [
      { file_name: "a.png", mask_image_file_name: "m.png", instruction: "a sign says no.png" },
      { file_name: "missing.png", instruction: "x" },
      { key: "below/dog.png", file_name: "a.png", frames_file_names: ["a.png", "m.png"] },
    ];
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
    await put("train/metadata.jsonl", `${text}{"file_name": "a.p`);
    expect(await readAll(await openDataset(folder))).toEqual({
      "train/metadata.jsonl/0": {
        source_image: [1],
        mask_image: [2],
        instruction: "a sign says no.png",
      },
      "train/metadata.jsonl/1": "dataset.unreadable",
      "train/metadata.jsonl/2": {
        ...{ key: "below/dog.png", source_image: [1] },
        frames_file_names: [[1], [2]],
      },
      "train/metadata.jsonl/3": "dataset.unreadable",
    });
  });

  test("with metadata.csv as well, quoted commas included", async () => {
    await put("a.png", png(1));
    await put("metadata.csv", '\ufefffile_name,instruction\r\na.png,"first, the dog"\r\n');
    expect(await readAll(await openDataset(folder))).toEqual({
      "metadata.csv/0": { source_image: [1], instruction: "first, the dog" },
    });
  });

  test("that holds nothing to read is refused, as is one that is not there", async () => {
    await put("notes.txt", "nothing");
    await expect(openDataset(folder)).rejects.toMatchObject({ code: "dataset.unreadable" });
    const missing = path.join(folder, "missing");
    await expect(openDataset(missing)).rejects.toMatchObject({ code: "dataset.unreadable" });
  });

  test("with a manifest has only the shards that the manifest names", async () => {
    const fields = [{ name: "instruction", kind: "text" }] as const;
    const written = await openDatasetFolder(folder, parquetFormat, fields);
    async function* records(key: string) {
      yield { key, fields: { instruction: key } };
    }
    const one = await written.writeShard(1, records("one"));
    await written.writeShard(2, records("unpublished"));
    if (one === undefined) throw new Error("nothing was written");
    const placed = { ...one, path: written.finalPath(0, 1), from: one.path };
    await written.place(placed);
    await written.place(placed);
    await written.publish([placed], true);
    expect(await readAll(await openDataset(folder))).toEqual({
      "data/train-00000-of-00001.parquet/0": { key: "one", instruction: "one" },
    });
  });
});

/** A Parquet file as the hub has them: pictures are `struct{bytes, path}`. */
async function putHubFile(
  name: string,
  columns: Readonly<Record<string, readonly unknown[]>>,
): Promise<void> {
  const schema: SchemaElement[] = [{ name: "root", num_children: Object.keys(columns).length }];
  for (const [column, [first]] of Object.entries(columns)) {
    const repetition_type = "OPTIONAL" as const;
    if (typeof first === "number") schema.push({ name: column, repetition_type, type: "INT32" });
    else if (typeof first === "string") {
      const text = { type: "BYTE_ARRAY", converted_type: "UTF8" } as const;
      schema.push({ name: column, repetition_type, ...text });
    } else {
      schema.push({ name: column, repetition_type, num_children: 2 });
      schema.push({ name: "bytes", repetition_type, type: "BYTE_ARRAY" });
      schema.push({ name: "path", repetition_type, type: "BYTE_ARRAY", converted_type: "UTF8" });
    }
  }
  const columnData = Object.entries(columns).map(([column, data]) => ({
    name: column,
    data: [...data],
  }));
  await mkdir(folder, { recursive: true });
  parquetWriteFile({ filename: path.join(folder, name), columnData, schema });
}

const hub = (...rest: number[]) => ({ bytes: png(...rest), path: "x.png" });

describe("a published set", () => {
  test("MagicBrush is known by its columns", async () => {
    await putHubFile("dev.parquet", {
      img_id: ["17", "17"],
      turn_index: [1, 2],
      source_img: [hub(1), hub(2)],
      mask_img: [hub(3), null],
      instruction: ["remove the dog", "add a cat"],
      target_img: [hub(4), hub(5)],
    });
    const dataset = await openDataset(path.join(folder, "dev.parquet"));
    expect(dataset.layout).toBe("MagicBrush");
    expect(await readAll(dataset)).toEqual({
      "dev.parquet/0": {
        ...{ source_image: [1], edited_image: [4], mask_image: [3] },
        ...{ instruction: "remove the dog", img_id: "17", turn_index: 1 },
      },
      "dev.parquet/1": {
        ...{ source_image: [2], edited_image: [5], mask_image: null },
        ...{ instruction: "add a cat", img_id: "17", turn_index: 2 },
      },
    });
    expect(await learnSchema(dataset)).toEqual([
      { name: "source_image", kind: "picture" },
      { name: "edited_image", kind: "picture" },
      { name: "mask_image", kind: "picture" },
      { name: "instruction", kind: "text" },
      { name: "img_id", kind: "text" },
      { name: "turn_index", kind: "number" },
    ]);
  });

  test.each([
    ["UltraEdit", ["source_image", "edited_image", "mask_image"], ["edit_prompt"]],
    ["EMU Edit", ["image"], ["instruction", "task", "input_caption", "output_caption"]],
    [
      "EMU Edit, generated",
      ["image", "edited_image"],
      ["instruction", "task", "input_caption", "output_caption"],
    ],
    ["InstructPix2Pix", ["input_image", "edited_image"], ["edit_prompt"]],
    ["InstructPix2Pix, original pictures", ["original_image", "edited_image"], ["edit_prompt"]],
  ])("%s is known by its columns", async (name, pictures, texts) => {
    await putHubFile("a.parquet", {
      ...Object.fromEntries(pictures.map((column, at) => [column, [hub(at)]])),
      ...Object.fromEntries(texts.map((column) => [column, [`a ${column}`]])),
    });
    const dataset = await openDataset(folder);
    expect(dataset.layout).toBe(name);
    expect(await readAll(dataset)).toMatchObject({
      "a.parquet/0": { source_image: [0], instruction: `a ${dataset.mapping["instruction"]}` },
    });
  });

  test.each([
    ["ImgEdit", { input_images: ["a.png"], output_images: ["b.png"], prompt: "go" }],
    ["OpenGPT-4o-Image", { input_image: ["a.png"], output_image: "b.png", input_prompt: "go" }],
    [
      "AnyEdit",
      {
        ...{ edit: "go", "edited object": "dog", input: "in", output: "out" },
        ...{ image_file: "a.png", edited_file: "b.png", edit_type: "remove" },
      },
    ],
  ])("%s is known by its names in JSON, with pictures by their paths", async (name, record) => {
    await put("a.png", png(1));
    await put("b.png", png(2));
    await put("editing.json", JSON.stringify([record]));
    const dataset = await openDataset(path.join(folder, "editing.json"));
    expect(dataset.layout).toBe(name);
    expect(await readAll(dataset)).toMatchObject({
      "editing.json/0": { source_image: [1], edited_image: [2], instruction: "go" },
    });
  });

  test("any other is read by a mapping of its columns", async () => {
    await putHubFile("a.parquet", { before: [hub(1)], words: ["go"], unused: [7] });
    const mapping = parseMapping("source_image=before, instruction=words");
    expect(await readAll(await openDataset(folder, mapping))).toEqual({
      "a.parquet/0": { source_image: [1], instruction: "go", unused: 7 },
    });
    const wrong = await openDataset(folder, { instruction: "wrods" });
    expect(await readAll(wrong)).toEqual({ "a.parquet/0": "dataset.field" });
  });
});

describe("a mapping", () => {
  test("that is not FIELD=COLUMN is refused", () => {
    for (const text of ["", "a", "a=", "=b", "a=b=c", "a=b,,"]) {
      expect(() => parseMapping(text)).toThrow("FIELD=COLUMN");
    }
  });

  test("reaches into lists and objects, and a column with dots comes first", () => {
    const fields: Fields = { "a.b": 1, a: { b: 2, c: [3, 4] }, rest: 5 };
    expect(applyMapping(fields, { x: "a.b", y: "a.c[1]" })).toEqual({ x: 1, y: 4, rest: 5 });
  });

  test("never reaches what the record does not have of its own", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("constructor", "__proto__", "a.length", "a.0.toString"),
        (place) => {
          expect(() => applyMapping({ a: ["text"] }, { x: place })).toThrow("dataset.field");
        },
      ),
    );
  });
});

test.skipIf(process.platform === "win32")(
  "pipes and devices are refused, by any name, and never waited for",
  async () => {
    const pipe = (name: string): void => {
      execFileSync("mkfifo", [path.join(folder, name)]);
    };
    for (const name of ["a.jsonl", "a.csv", "a.json", "a.tar", "a.parquet"]) {
      pipe(name);
      await expect(openDataset(path.join(folder, name))).rejects.toMatchObject({
        code: "dataset.unreadable",
        what: expect.stringContaining("pipe"),
      });
    }
    const below = path.join(folder, "below");
    await put("below/records.jsonl", '{"file_name":"pipe.png"}\n{"file_name":"zero.png"}\n');
    pipe("below/pipe.png");
    await symlink("/dev/zero", path.join(below, "zero.png"));
    pipe("below/dataset.json");
    const records = await readAll(await openDataset(below));
    expect(Object.values(records)).toEqual(["dataset.unreadable", "dataset.unreadable"]);
    await mkdir(path.join(below, ".insightgraph"), { recursive: true });
    pipe("below/.insightgraph/decisions.jsonl");
    await expect(openDataset(below)).rejects.toMatchObject({ code: "dataset.unreadable" });
  },
);
