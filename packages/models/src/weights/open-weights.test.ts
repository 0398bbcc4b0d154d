import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { ModelError } from "../errors.ts";
import { toSinglePrecision } from "./half-precision.ts";
import { openWeights } from "./open-weights.ts";
import { encodeSafetensors } from "./safetensors.ts";

const root = mkdtempSync(join(tmpdir(), "weights-"));
afterAll(() => rmSync(root, { recursive: true }));
let count = 0;

/** A folder with one-number tensors in files, or texts. */
function folderOf(
  files: Readonly<Record<string, Readonly<Record<string, number>> | string>>,
): string {
  const folder = join(root, `${count++}`);
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) {
    const bytes =
      typeof content === "string"
        ? content
        : encodeSafetensors(
            new Map(
              Object.entries(content).map(([tensor, value]) => [
                tensor,
                {
                  dtype: "float32",
                  shape: [1],
                  data: new Uint8Array(Float32Array.of(value).buffer),
                } as const,
              ]),
            ),
          );
    writeFileSync(join(folder, name), bytes);
  }
  return folder;
}

const index = (map: unknown): string =>
  JSON.stringify({ metadata: { total_size: 8 }, weight_map: map });

function valuesOf(folder: string, variant?: string) {
  const { weights, file, variant: found } = openWeights(folder, variant);
  const values = [...weights.keys()].map((name) => [name, toSinglePrecision(weights, name)[0]]);
  return { values: Object.fromEntries(values), file, variant: found };
}

function errorOf(folder: string): ModelError {
  try {
    openWeights(folder);
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
  throw new Error("the folder was opened");
}

const base = "diffusion_pytorch_model";

describe("openWeights", () => {
  test("takes one file", () => {
    const folder = folderOf({ [`${base}.safetensors`]: { a: 1 }, "config.json": "{}" });
    expect(valuesOf(folder)).toEqual({
      values: { a: 1 },
      file: `${base}.safetensors`,
      variant: undefined,
    });
  });

  test("joins the shards of an index, in whichever spelling of a variant", () => {
    const [one, two] = [`${base}-00001-of-00002.safetensors`, `${base}-00002-of-00002.safetensors`];
    const plain = folderOf({
      [one]: { a: 1, unlisted: 9 },
      [two]: { b: 2 },
      [`${base}.safetensors.index.json`]: index({ a: one, b: two }),
    });
    expect(valuesOf(plain).values).toEqual({ a: 1, b: 2 });
    for (const spelling of ["index.fp16", "fp16.index"]) {
      const shard = `${base}.fp16-00001-of-00001.safetensors`;
      const folder = folderOf({
        [shard]: { a: 3 },
        [`${base}.safetensors`]: { a: 1 },
        [`${base}.safetensors.${spelling}.json`]: index({ a: shard }),
      });
      expect(valuesOf(folder, "fp16")).toMatchObject({ values: { a: 3 }, variant: "fp16" });
      expect(valuesOf(folder)).toMatchObject({ values: { a: 1 }, variant: undefined });
    }
  });

  test("falls back to what a folder has when it lacks the variant", () => {
    const plain = folderOf({ "model.safetensors": { a: 1 } });
    expect(valuesOf(plain, "fp16")).toMatchObject({ values: { a: 1 }, variant: undefined });
    const half = folderOf({ "model.fp16.safetensors": { a: 2 } });
    expect(valuesOf(half)).toMatchObject({ values: { a: 2 }, variant: "fp16" });
    const both = folderOf({ "model.fp16.safetensors": { a: 2 }, "model.safetensors": { a: 1 } });
    expect(valuesOf(both, "fp16").values).toEqual({ a: 2 });
    expect(valuesOf(both).values).toEqual({ a: 1 });
  });

  test.each([
    ["no JSON", "nope"],
    ["no map", "{}"],
    ["a list as map", index([])],
    ["an empty map", index({})],
    ["a shard outside the folder", index({ a: "../model.safetensors" })],
    ["a shard below the folder", index({ a: "more/model.safetensors" })],
    ["an absolute shard", index({ a: "/model.safetensors" })],
    ["a shard on another drive", index({ a: "C:model.safetensors" })],
    ["itself as shard", index({ a: "model.safetensors.index.json" })],
    ["a number as shard", index({ a: 7 })],
    ["a tensor that its shard lacks", index({ a: "model-00001-of-00001.safetensors" })],
  ])("[W4] refuses an index with %s", (_, text) => {
    const folder = folderOf({
      "model.safetensors.index.json": text,
      "model-00001-of-00001.safetensors": { b: 1 },
    });
    expect(errorOf(folder)).toMatchObject({
      code: "weights.index",
      at: join(folder, "model.safetensors.index.json"),
    });
  });

  test("says which shard is missing", () => {
    const shard = "model-00001-of-00001.safetensors";
    const folder = folderOf({ "model.safetensors.index.json": index({ a: shard }) });
    expect(errorOf(folder)).toMatchObject({ code: "weights.unreadable", at: join(folder, shard) });
  });

  test("[W2] says that a folder holds pickles only, or nothing", () => {
    expect(errorOf(folderOf({ "pytorch_model.bin": "x" }))).toMatchObject({
      code: "weights.format",
      what: expect.stringContaining("pytorch_model.bin"),
    });
    expect(errorOf(folderOf({}))).toMatchObject({ code: "weights.unreadable" });
    expect(errorOf(join(root, "none"))).toMatchObject({ code: "weights.unreadable" });
  });
});
