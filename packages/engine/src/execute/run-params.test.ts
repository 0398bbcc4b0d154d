import { expect, test } from "vitest";
import { createMemoryStore } from "../cache/memory-store.ts";
import { setParam } from "../graph/edit-graph.ts";
import { from, graphOf, observe } from "./run.fixture.ts";

const fed = graphOf({
  words: { type: "text.value", params: { text: "ab" } },
  times: { type: "number.value", params: { value: 3 } },
  out: { type: "text.repeat", inputs: { text: from("words"), times: from("times.number") } },
});

test("[R5] a link sets a param, with the same key as the value written there", async () => {
  const store = createMemoryStore();
  const first = await observe(fed, { store });
  expect(first.values.get("out")).toEqual({ text: "ababab" });
  const plain = graphOf({
    words: { type: "text.value", params: { text: "ab" } },
    out: { type: "text.repeat", params: { times: 3 }, inputs: { text: from("words") } },
  });
  expect((await observe(plain, { store })).ran).toEqual([]);
});

test.each([
  [9, "param.range", "9 is out of range"],
  [1.5, "param.kind", "expected a whole number, found 1.5"],
])("what a link brings is checked when it arrives: %s", async (value, code, what) => {
  const { error, ran } = await observe(setParam(fed, "times", "value", value));
  expect(error).toMatchObject({ code, what, at: { nodeId: "out", path: "inputs.times" } });
  expect(ran.sort()).toEqual(["times", "words"]);
});

test("[L1] a list at a param runs the node for each value", async () => {
  const graph = graphOf({
    words: { type: "text.value", params: { text: "ab" } },
    counts: { type: "list.numbers" },
    more: { type: "text.repeat", inputs: { text: from("words"), times: from("counts.numbers") } },
  });
  const { error } = await observe(graph);
  expect(error).toMatchObject({ code: "param.range", what: "at item 1 of 3, 0 is out of range" });
});
