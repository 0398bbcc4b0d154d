import { expect, test } from "vitest";
import { createMemoryStore } from "../cache/memory-store.ts";
import { setParam } from "../graph/edit-graph.ts";
import { defineNode } from "../node/define-node.ts";
import { definePort, listOf } from "../node/define-port.ts";
import { param } from "../node/param.ts";
import { createRegistry } from "../node/registry.ts";
import { about, doc, from, graphOf, nodes, observe } from "./run.fixture.ts";

const either = graphOf({
  a: { type: "text.value", params: { text: "a" } },
  b: { type: "text.value", params: { text: "b" } },
  loudA: { type: "text.upper", inputs: { text: from("a") } },
  loudB: { type: "text.upper", inputs: { text: from("b") } },
  is: { type: "boolean.value", params: { value: true } },
  choice: {
    type: "flow.if",
    inputs: { yes: from("loudA"), no: from("loudB"), condition: from("is.boolean") },
  },
  out: { type: "text.join", inputs: { a: from("choice.value") } },
});

test("[R6] only the selected branch runs, whether the condition is written or linked", async () => {
  const yes = await observe(either);
  expect(yes.values.get("out")).toEqual({ text: "A" });
  expect(yes.ran.sort()).toEqual(["a", "choice", "is", "loudA", "out"]);
  const no = await observe(setParam(either, "is", "value", false));
  expect(no.values.get("out")).toEqual({ text: "B" });
  expect(no.ran.sort()).toEqual(["b", "choice", "is", "loudB", "out"]);
});

test("[R6] the forwarded value keeps its hash: downstream keys do not depend on the choice", async () => {
  const store = createMemoryStore();
  await observe(either, { store });
  const same = setParam(setParam(either, "is", "value", false), "b", "text", "a");
  expect((await observe(same, { store })).kept).toContain("out");
});

test("[R6] a branch that is not selected may be broken; a selected one fails its dependents", async () => {
  const graph = setParam(either, "b", "text", "bad");
  expect((await observe(graph)).error).toBeUndefined();
  const { error, events } = await observe(setParam(graph, "is", "value", false));
  expect(error).toMatchObject({ code: "node.failed", at: { nodeId: "loudB" } });
  expect(events.filter(({ type }) => type === "node-failed")).toHaveLength(1);
});

test("a list of conditions chooses for each item", async () => {
  const graph = graphOf({
    words: { type: "list.texts", params: { text: "a,b" } },
    loud: { type: "text.upper", inputs: { text: from("words.texts") } },
    is: { type: "boolean.value", inputs: {} },
    choice: {
      type: "flow.if",
      params: { condition: false },
      inputs: { yes: from("words.texts"), no: from("loud"), condition: from("is.boolean") },
    },
    all: { type: "text.concat", inputs: { texts: from("choice.value") } },
  });
  const { values } = await observe(graph);
  expect(values.get("all")).toEqual({ text: "A+B" });
});

test("[R6] mapped over a list of conditions, each forwarded item keeps its hash", async () => {
  const boolean = definePort<boolean>("boolean", { hash: String });
  const flags = defineNode({
    ...about,
    type: "list.flags",
    inputs: {},
    params: { first: param.boolean({ default: true, doc }) },
    outputs: { flags: listOf(boolean)(doc) },
    run: (_inputs, { first }) => ({ flags: [first, !first] }),
  });
  const types = createRegistry([...nodes, flags]);
  const graph = graphOf({
    flags: { type: "list.flags" },
    word: { type: "text.value", params: { text: "a" } },
    bound: { type: "handle.bind", inputs: { text: from("word") } },
    choice: {
      type: "flow.if",
      inputs: {
        yes: from("bound.handle"),
        no: from("bound.handle"),
        condition: from("flags.flags"),
      },
    },
    named: { type: "handle.name", inputs: { handle: from("choice.value") } },
  });
  const store = createMemoryStore();
  const { values } = await observe(graph, { store }, types);
  expect(values.get("named")).toEqual({ text: ["a", "a"] });
  const { ran } = await observe(setParam(graph, "flags", "first", false), { store }, types);
  expect(ran.sort()).toEqual(["choice", "flags"]);
});

test("nothing is connected where the choice falls", async () => {
  const { nodes } = either;
  const inputs = { yes: from("loudA") };
  const graph = graphOf({
    ...nodes,
    choice: { type: "flow.if", params: { condition: false }, inputs },
  });
  const { error } = await observe(graph);
  expect(error).toMatchObject({
    code: "node.bad-input",
    at: { nodeId: "choice", path: "inputs.no" },
  });
});
