import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { encodeSafetensors, openFiles, type StoredTensor } from "@insightgraph/models";
import { afterEach, beforeEach, expect, test } from "vitest";
import { removeConverted } from "../checkpoints/converted-weights.ts";
import { requireFinite } from "./require-finite.ts";

let store = "";
beforeEach(async () => {
  store = await mkdtemp(path.join(tmpdir(), "finite-"));
});
afterEach(() => rm(store, { recursive: true }));

const digest = "0123456789abcdef".repeat(4);

async function written(values: readonly number[]) {
  const data = new Uint8Array(Float32Array.from(values).buffer);
  const tensor: StoredTensor = { dtype: "float32", shape: [values.length], data };
  const file = path.join(store, "model.safetensors");
  await writeFile(file, encodeSafetensors(new Map([["a", tensor]])));
  return openFiles([file]);
}

const check = async (values: readonly number[], leastBytes = 1) =>
  requireFinite(await written(values), { digest, store, leastBytes });

test("[W8] large weights are read once, and again when their record is removed", async () => {
  await check([1, 2]);
  // What was read before is not read again, not even where the file has changed since under an unchanged digest.
  await check([1, Number.NaN]);
  await removeConverted(store, [digest]);
  await expect(check([1, Number.NaN])).rejects.toMatchObject({
    code: "weights.not-finite",
    at: "a",
  });
  // A refusal is not recorded.
  await expect(check([1, Number.NaN])).rejects.toMatchObject({ code: "weights.not-finite" });
});

test("small weights are left to the opening of the network", async () => {
  await check([1, Number.NaN], 9);
});

test("stops between two tensors", async () => {
  const weights = await written([1, 2]);
  const signal = AbortSignal.abort();
  await expect(requireFinite(weights, { digest, store, leastBytes: 1, signal })).rejects.toThrow();
});
