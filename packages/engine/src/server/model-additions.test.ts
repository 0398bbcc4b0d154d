import { expect, test } from "vitest";
import { type AddModel, createModelAdditions } from "./model-additions.ts";

const source = "hf:someone/something";

/** Adds when it is told to. */
function gated() {
  const gate = { resolve(_added: { name: string }) {}, reject(_reason: unknown) {} };
  const add: AddModel = (_request, { signal, onProgress }) => {
    onProgress(3, 10);
    return new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
      Object.assign(gate, { resolve, reject });
    });
  };
  return { add, gate };
}

test("an addition tells how far it is, and what it became", async () => {
  const { add, gate } = gated();
  const additions = createModelAdditions(add);
  const { id } = additions.add({ source });
  expect(additions.add({ source }).id).toBe(id);
  expect(additions.list()).toMatchObject([
    { source, state: "adding", doneBytes: 3, totalBytes: 10 },
  ]);
  gate.resolve({ name: "something" });
  await expect.poll(() => additions.list()).toMatchObject([{ state: "added", name: "something" }]);
  expect(() => additions.cancel(id)).toThrow(/being added/);
});

test("one that is stopped is cancelled, one that fails says why", async () => {
  const stopped = gated();
  const additions = createModelAdditions(stopped.add);
  additions.cancel(additions.add({ source }).id);
  await expect.poll(() => additions.list()[0]?.state).toBe("cancelled");
  const failed = gated();
  const others = createModelAdditions(failed.add);
  others.add({ source });
  failed.gate.reject(new Error("no room"));
  await expect
    .poll(() => others.list()[0])
    .toMatchObject({ state: "failed", error: { what: expect.stringContaining("no room") } });
});
