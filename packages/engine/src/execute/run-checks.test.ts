import { setImmediate } from "node:timers/promises";
import { beforeEach, expect, test } from "vitest";
import { createMemoryStore } from "../cache/memory-store.ts";
import type { GraphNode, Link } from "../graph/document.ts";
import { defineNode } from "../node/define-node.ts";
import { definePort } from "../node/define-port.ts";
import { inputError } from "../node/input-error.ts";
import { param } from "../node/param.ts";
import { createRegistry } from "../node/registry.ts";
import { about, doc, from, graphOf, nodes, observe, text, versioned } from "./run.fixture.ts";

const model = definePort<string>("model");
/** What ran on a model, and what was loaded, in order. */
const used: string[] = [];
beforeEach(() => void used.splice(0));

const load = defineNode({
  ...about,
  type: "model.load",
  inputs: {},
  params: {},
  outputs: { model: model(doc) },
  run() {
    used.push("load");
    return { model: "m" };
  },
});
/** Takes many turns of the event loop. */
const slow = defineNode({
  ...about,
  type: "text.slow",
  inputs: { text: text(doc) },
  params: {},
  outputs: { text: text(doc) },
  async run(inputs) {
    for (let turn = 0; turn < 20; turn++) await setImmediate();
    return { text: inputs.text };
  },
});
const read = defineNode({
  ...about,
  type: "model.read",
  isOutput: true,
  inputs: { text: text(doc), model: model(doc) },
  params: { most: param.integer({ default: 3, doc }) },
  outputs: { text: text(doc) },
  check({ text: written }, { most }) {
    if (written.length <= most) return;
    const hint = "Shorten it.";
    throw inputError(`more than ${most} letters`, { hint, input: "text" });
  },
  run(inputs) {
    used.push(`read ${inputs.text}`);
    return { text: inputs.text };
  },
});
const plain = defineNode({
  ...about,
  type: "model.plain",
  isOutput: true,
  inputs: { text: text.optional(doc), model: model(doc) },
  params: {},
  outputs: { text: text(doc) },
  run() {
    used.push("plain");
    return { text: "a long text" };
  },
});
const registry = createRegistry([...nodes, load, slow, read, plain]);

const onModel = { model: from("load.model") };
type Nodes = Readonly<Record<string, Omit<GraphNode, "version">>>;

/** A text that comes late is read by one node on a model; another one runs on the model beside it. */
const lateText = (source: Link): Nodes => ({
  words: { type: "text.value", params: { text: "too long" } },
  late: { type: "text.slow", inputs: { text: source } },
  load: { type: "model.load" },
  read: { type: "model.read", inputs: { text: from("late"), ...onModel } },
  plain: { type: "model.plain", inputs: onModel },
});

const refused = { code: "node.bad-input", at: { nodeId: "read", path: "inputs.text" } };

test("[R15] a check refuses before anything else runs on a model, however late its inputs come", async () => {
  const first: string[][] = [];
  const options = {
    emit: ({ type }: { type: string }) => type === "node-failed" && first.push([...used]),
  };
  const { error } = await observe(graphOf(lateText(from("words"))), options, registry);
  expect(error).toMatchObject(refused);
  expect(first).toEqual([["load"]]);
});

test("[R15] nothing is made that only the refused node's followers would have read", async () => {
  const both = { a: from("read"), b: from("plain") };
  const graph = graphOf({ ...lateText(from("words")), both: { type: "text.join", inputs: both } });
  const run = observe(graph, { outputs: ["both"] }, registry);
  expect((await run).error).toMatchObject(refused);
  expect(used).toEqual(["load"]);
});

test("[R15] a route elsewhere in the graph changes nothing", async () => {
  const graph = graphOf({
    ...lateText(from("choice.value")),
    is: { type: "boolean.value", params: { value: true } },
    choice: { type: "flow.if", inputs: { yes: from("words"), condition: from("is.boolean") } },
    both: { type: "text.join", inputs: { a: from("read"), b: from("plain") } },
    other: { type: "flow.if", inputs: { yes: from("words"), condition: from("is.boolean") } },
  });
  const run = observe(graph, { outputs: ["both", "other"] }, registry);
  expect((await run).error).toMatchObject(refused);
  expect(used).toEqual(["load"]);
});

test("[R15] each item of a list is checked, with params that links set", async () => {
  const graph = graphOf({
    words: { type: "list.texts", params: { text: "a,bb,ccc" } },
    most: { type: "number.value", params: { value: 2 } },
    load: { type: "model.load" },
    read: {
      type: "model.read",
      inputs: { text: from("words.texts"), most: from("most.number"), ...onModel },
    },
  });
  const { error } = await observe(graph, {}, registry);
  expect(error).toMatchObject({ ...refused, what: "at item 3 of 3, more than 2 letters" });
  expect(used).toEqual(["load"]);
});

test("[R15] a subgraph that runs for each item checks before it runs on a model", async () => {
  const inner = {
    nodes: versioned(lateText(from("$inputs.text"))),
    inputs: { text: { type: "text" } },
    outputs: { text: from("read"), other: from("plain") },
  };
  const words = { type: "list.texts", params: { text: "a,too long" } };
  const use = { type: "graph:inner", inputs: { text: from("words.texts") } };
  const graph = graphOf({ words, use }, { inner });
  const { error } = await observe(graph, { concurrency: 1 }, registry);
  expect(error).toMatchObject({ code: "node.bad-input", at: { nodeId: "use/read" } });
  expect(used.toSorted()).toEqual(["load", "plain", "read a"]);
});

test("[R15] what a network makes is left to the node itself", async () => {
  const graph = graphOf({
    load: { type: "model.load" },
    plain: { type: "model.plain", inputs: onModel },
    read: { type: "model.read", inputs: { text: from("plain"), ...onModel } },
  });
  expect((await observe(graph, {}, registry)).error).toBeUndefined();
  expect(used).toEqual(["load", "plain", "read a long text"]);
});

test("[R3] a node whose result is stored is not checked, and no model is loaded for it", async () => {
  const store = createMemoryStore();
  const graph = graphOf({
    words: { type: "text.value", params: { text: "abc" } },
    load: { type: "model.load" },
    read: { type: "model.read", inputs: { text: from("words"), ...onModel } },
  });
  await observe(graph, { store }, registry);
  expect((await observe(graph, { store }, registry)).kept).toContain("read");
  expect(used).toEqual(["load", "read abc"]);
});
