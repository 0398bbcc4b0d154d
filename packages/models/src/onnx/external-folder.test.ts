import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { externalFolder } from "./external-folder.ts";
import type { StoredTensor } from "./stored-tensor.ts";

const data = new Uint8Array(4);
const tensor = (file?: string): StoredTensor => ({
  dtype: "float32",
  shape: [1],
  data,
  ...(file === undefined ? {} : { span: { file: resolve(file), offset: 8, length: 4 } }),
});

const folderOf = (...files: (string | undefined)[]): string | undefined =>
  externalFolder(new Map(files.map((file, at) => [`${at}`, tensor(file)])));

describe("externalFolder", () => {
  test("is the file's own folder, or the deepest that several share", () => {
    expect(folderOf("/m/unet/a.safetensors")).toBe(resolve("/m/unet"));
    expect(folderOf("/m/unet/a", "/m/unet/b", undefined)).toBe(resolve("/m/unet"));
    expect(folderOf("/m/unet/a", "/m/unet-2/b")).toBe(resolve("/m"));
    expect(folderOf("/m/unet/a", "/data/side/b")).toBe(resolve("/"));
    expect(folderOf("/m/..unet/a", "/m/b")).toBe(resolve("/m"));
  });

  test("is none where every tensor is in memory", () => {
    expect(folderOf(undefined, undefined)).toBeUndefined();
    expect(externalFolder(new Map())).toBeUndefined();
  });
});
