import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { createDiskStore } from "./disk-store.ts";
import { createLayeredStore } from "./layered-store.ts";
import { createMemoryStore } from "./memory-store.ts";
import { describeStore } from "./store.contract.ts";
import { contractCodecs, resultOf } from "./store-results.fixture.ts";

const root = await mkdtemp(path.join(tmpdir(), "layered-store-"));
afterAll(() => rm(root, { recursive: true }));

describeStore("memory over disk", async (limits) => {
  const folder = await mkdtemp(path.join(root, "s-"));
  const disk = createDiskStore({ ...limits, folder, codecs: contractCodecs });
  return createLayeredStore(createMemoryStore(limits), disk);
});

test("[C3] what only memory can keep is there until the process ends; the rest stays", async () => {
  const folder = await mkdtemp(path.join(root, "s-"));
  const open = () =>
    createLayeredStore(createMemoryStore(), createDiskStore({ folder, codecs: contractCodecs }));
  const store = open();
  const model = { outputs: { out: { value: {}, hash: "m", portType: "model" } }, previews: {} };
  await store.set("model", model);
  await store.set("bytes", resultOf(3, "h"));
  expect(await store.get("model")).toBe(model);
  const later = open();
  expect(await later.get("model")).toBeUndefined();
  const first = await later.get("bytes");
  expect(first).toEqual(resultOf(3, "h"));
  // The second time it comes from memory.
  expect(await later.get("bytes")).toBe(first);
});
