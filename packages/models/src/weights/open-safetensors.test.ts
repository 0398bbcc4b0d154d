import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { ModelError } from "../errors.ts";
import type { StoredTensor } from "../onnx/stored-tensor.ts";
import { digestFile } from "./digest-file.ts";
import { openSafetensors, readMetadata } from "./open-safetensors.ts";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.ts";
import { writeSafetensors } from "./write-safetensors.ts";

const folder = mkdtempSync(join(tmpdir(), "safetensors-"));
afterAll(() => rmSync(folder, { recursive: true }));

const single = (...values: number[]): StoredTensor => ({
  dtype: "float32",
  shape: [values.length],
  data: new Uint8Array(Float32Array.from(values).buffer),
});

const weights = new Map([
  ["b.weight", single(1, 2, 3)],
  ["a.weight", single(4)],
]);
const bytes = encodeSafetensors(weights, { format: "pt" });

function written(name: string, content: Uint8Array = bytes): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

function errorOf(task: () => unknown): ModelError {
  try {
    task();
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("openSafetensors", () => {
  test("[W3] gives the header's metadata", () => {
    expect(readMetadata(written("metadata.safetensors"))).toEqual({ format: "pt" });
  });

  test("gives what reading the whole file gives, and where it lies", () => {
    const file = written("whole.safetensors");
    const opened = openSafetensors(file);
    for (const [name, { dtype, shape, data }] of decodeSafetensors(bytes)) {
      const tensor = opened.get(name);
      expect(tensor).toMatchObject({ dtype, shape, data });
      const { offset = 0, length = 0, file: from = "" } = tensor?.span ?? {};
      expect(from).toBe(file);
      expect(bytes.slice(offset, offset + length)).toEqual(data);
    }
  });

  test("[W3] reads a tensor when it is asked for, not before", () => {
    const file = written("late.safetensors");
    const tensor = openSafetensors(file).get("a.weight");
    const { offset = 0 } = tensor?.span ?? {};
    const changed = bytes.slice();
    changed.set(single(7).data, offset);
    writeFileSync(file, changed);
    expect(tensor?.data).toEqual(single(7).data);
    truncateSync(file, offset + 2);
    expect(errorOf(() => tensor?.data)).toMatchObject({ code: "weights.header" });
  });

  test("says where a linked file really lies", () => {
    const file = written("blob.safetensors");
    const link = join(folder, "link.safetensors");
    symlinkSync(file, link);
    expect(openSafetensors(link).get("a.weight")?.span?.file).toBe(file);
  });

  test.each([
    ["cut off in the body", bytes.slice(0, -1), "weights.header"],
    ["cut off in the header", bytes.slice(0, 40), "weights.header"],
    ["of three bytes", bytes.slice(0, 3), "weights.header"],
    ["that is empty", new Uint8Array(), "weights.header"],
    [
      "that is a renamed archive",
      Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 8, 8, 0, 0),
      "weights.format",
    ],
  ])("refuses a file %s, by its name", (what, content, code) => {
    const file = written(`${what}.safetensors`, content);
    const error = errorOf(() => openSafetensors(file));
    expect(error.code).toBe(code);
    expect(error.at).toContain(file);
  });

  test("says that a file is not there", () => {
    const file = join(folder, "none.safetensors");
    expect(errorOf(() => openSafetensors(file))).toMatchObject({
      code: "weights.unreadable",
      at: file,
    });
  });
});

describe("writeSafetensors", () => {
  test("[W11] writes the bytes that the writer in memory gives, from tensors in files as well", async () => {
    const target = join(folder, "copy.safetensors");
    writeSafetensors(target, openSafetensors(written("from.safetensors")), { format: "pt" });
    expect(await digestFile(target)).toBe(await digestFile(written("again.safetensors")));
  });
});

describe("digestFile", () => {
  test("is the published SHA-256", async () => {
    const file = written("abc", new TextEncoder().encode("abc"));
    expect(await digestFile(file)).toBe(
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
  });
});
