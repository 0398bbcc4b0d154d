import { expect, test } from "vitest";
import { createMemoryStore } from "../cache/memory-store.ts";
import type { ResultStore } from "../cache/store.ts";
import { setParam } from "../graph/edit-graph.ts";
import { from, graphOf, observe } from "./run.fixture.ts";

const graph = graphOf({
  words: { type: "text.value", params: { text: "a" } },
  bound: { type: "handle.bind", inputs: { text: from("words") } },
  named: { type: "handle.name", inputs: { handle: from("bound.handle") } },
});

/** Like a store on disk: it has no way to keep a handle. */
function withoutHandles(store: ResultStore): ResultStore {
  const isHandle = ({ portType }: { readonly portType: string }): boolean => portType === "handle";
  return {
    ...store,
    async set(key, result) {
      if (!Object.values(result.outputs).some(isHandle)) await store.set(key, result);
    },
  };
}

test("[R3] what cannot be stored does not run again while everything that needs it is stored", async () => {
  const store = withoutHandles(createMemoryStore());
  const first = await observe(graph, { store });
  expect(first.ran).toEqual(["words", "bound", "named"]);
  const again = await observe(graph, { store });
  expect(again.ran).toEqual([]);
  expect(again.kept.sort()).toEqual(["bound", "named", "words"]);
  const digests = (events: typeof again.events) =>
    events.flatMap((e) => (e.type === "node-finished" && e.nodeId === "bound" ? [e.digests] : []));
  expect(digests(again.events)).toEqual(digests(first.events));
  const other = await observe(setParam(graph, "words", "text", "b"), { store });
  expect(other.ran).toEqual(["words", "bound", "named"]);
  expect(other.values.get("named")).toEqual({ text: "b" });
});

test("[R4] equal nodes in flight compute once", async () => {
  const inputs = { text: from("words") };
  const twins = graphOf({
    ...graph.nodes,
    one: { type: "text.repeat", inputs },
    two: { type: "text.repeat", inputs },
  });
  const { ran, kept, values } = await observe(twins, { outputs: ["one", "two"] });
  expect(ran).toEqual(["words", "one"]);
  expect(kept).toEqual(["two"]);
  expect(values.get("two")).toEqual({ text: "a" });
});

test("a chain of 10,000 lazy nodes does not overflow the stack", async () => {
  const row = Array.from({ length: 10_000 }, (_, at) => {
    const link = at === 0 ? from("words") : from(`n${at - 1}.handle`);
    const node = at === 0 ? { type: "handle.bind", inputs: { text: link } } : undefined;
    return [`n${at}`, node ?? { type: "flow.if", inputs: { yes: link } }] as const;
  });
  const renamed = row.map(([id, node], at) => {
    if (at < 2) return [id, node] as const;
    return [id, { ...node, inputs: { yes: from(`n${at - 1}.value`) } }] as const;
  });
  const end = { type: "handle.name", inputs: { handle: from("n9999.value") } };
  const long = graphOf({ ...graph.nodes, ...Object.fromEntries(renamed), end });
  const { values, error } = await observe(long, { outputs: ["end"], store: createMemoryStore() });
  expect(error).toBeUndefined();
  expect(values.get("end")).toEqual({ text: "a" });
});
