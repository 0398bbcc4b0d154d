import { expect, test } from "vitest";
import { createMemoryStore } from "../cache/memory-store.ts";
import type { ResultStore } from "../cache/store.ts";
import { setParam } from "../graph/edit-graph.ts";
import { defineNode } from "../node/define-node.ts";
import { createRegistry } from "../node/registry.ts";
import { about, doc, from, graphOf, observe, text } from "./run.fixture.ts";

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
  const chain = Array.from({ length: 10_000 }, (_, at) => {
    const source = at === 0 ? "bound.handle" : `n${at - 1}.handle`;
    return [`n${at}`, { type: "handle.pass", inputs: { handle: from(source) } }] as const;
  });
  const end = { type: "handle.name", inputs: { handle: from("n9999.handle") } };
  const long = graphOf({ ...graph.nodes, ...Object.fromEntries(chain), end });
  const { values, error } = await observe(long, { outputs: ["end"], store: createMemoryStore() });
  expect(error).toBeUndefined();
  expect(values.get("end")).toEqual({ text: "a" });
});

test("a node that may not be cached runs each time, and says so", async () => {
  let runs = 0;
  const act = defineNode({
    ...about,
    type: "test.act",
    isOutput: true,
    cacheable: false,
    inputs: {},
    params: {},
    outputs: { text: text(doc) },
    run: () => ({ text: String(++runs) }),
  });
  const store = createMemoryStore();
  const graph = graphOf({ act: { type: "test.act" } });
  for (const expected of ["1", "2"]) {
    const { ran, values } = await observe(graph, { store }, createRegistry([act]));
    expect(ran).toEqual(["act"]);
    expect(values.get("act")).toEqual({ text: expected });
  }
});
