import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { EngineError } from "../errors.ts";
import type { Subgraph } from "../graph/document.ts";
import { defineNode } from "../node/define-node.ts";
import { definePort, streamOf } from "../node/define-port.ts";
import { inputError } from "../node/input-error.ts";
import { param } from "../node/param.ts";
import { createRegistry } from "../node/registry.ts";
import { about, doc, from, graphOf, nodes, observe, text, versioned } from "./run.fixture.ts";

/** Has no content hash: the node that makes it runs only when a consumer needs the value. */
const model = definePort<string>("model");

const load = defineNode({
  ...about,
  type: "model.load",
  inputs: { text: text.optional(doc) },
  params: {},
  outputs: { model: model(doc) },
  run({ text: given }): { readonly model: string } {
    if (given === "b") return { model: given };
    throw new TypeError("the file is cut");
  },
});
const use = defineNode({
  ...about,
  type: "model.use",
  isOutput: true,
  inputs: { model: model(doc) },
  params: {},
  outputs: { text: text(doc) },
  run: (inputs) => ({ text: inputs.model }),
});
const cut = defineNode({
  ...about,
  type: "stream.cut",
  inputs: {},
  params: {},
  outputs: { texts: streamOf(text)(doc) },
  async run() {
    async function* items() {
      yield "a";
      throw new TypeError("the stream is cut");
    }
    return { texts: items() };
  },
});
const wrap = defineNode({
  ...about,
  type: "stream.wrap",
  isOutput: true,
  inputs: { texts: streamOf(text)(doc) },
  params: {},
  outputs: { text: text(doc) },
  async run(inputs) {
    try {
      for await (const _ of inputs.texts);
    } catch (cause) {
      throw new Error("the consumer failed", { cause });
    }
    return { text: "" };
  },
});
const registry = createRegistry([...nodes, load, use, cut, wrap]);

function failedNodes(events: Awaited<ReturnType<typeof observe>>["events"]): string[] {
  return events.flatMap((event) => (event.type === "node-failed" ? [event.nodeId] : []));
}

test("[R9] what only a failed node would read is not made, however late it fails", async () => {
  const late = defineNode({
    ...about,
    type: "test.late",
    inputs: {},
    params: {},
    outputs: { text: text(doc) },
    async run(): Promise<{ readonly text: string }> {
      for (let turn = 0; turn < 20; turn++) await setImmediate();
      throw new TypeError("the file is cut");
    },
  });
  const graph = graphOf({
    word: { type: "text.value", params: { text: "a" } },
    unread: { type: "text.upper", inputs: { text: from("word.text") } },
    before: { type: "text.upper", inputs: { text: from("unread.text") } },
    late: { type: "test.late" },
    both: { type: "text.join", inputs: { a: from("before.text"), b: from("late.text") } },
    read: { type: "text.upper", inputs: { text: from("word.text") } },
    other: { type: "text.join", inputs: { a: from("read.text") } },
  });
  const { error, events } = await observe(graph, {}, createRegistry([...nodes, late]));
  expect(error).toMatchObject({ at: { nodeId: "late" } });
  expect(failedNodes(events)).toEqual(["late"]);
  const ended = events.flatMap((event) => (event.type === "node-finished" ? [event.nodeId] : []));
  expect(ended.toSorted()).toEqual(["other", "read", "word"]);
});

test("[R10] a node that runs late fails itself, not the consumer that needs its value", async () => {
  const graph = graphOf({
    load: { type: "model.load" },
    use: { type: "model.use", inputs: { model: from("load.model") } },
    more: { type: "model.use", inputs: { model: from("load.model") } },
  });
  const { error, events } = await observe(graph, {}, registry);
  expect(error).toMatchObject({ at: { nodeId: "load" }, what: "the file is cut" });
  expect(failedNodes(events)).toEqual(["load"]);
});

test("[R10] in a list, the late node fails with its own item", async () => {
  const graph = graphOf({
    words: { type: "list.texts", params: { text: "b,c" } },
    load: { type: "model.load", inputs: { text: from("words.texts") } },
    use: { type: "model.use", inputs: { model: from("load.model") } },
  });
  const { error } = await observe(graph, {}, registry);
  expect(error).toMatchObject({ at: { nodeId: "load" }, what: "at item 2 of 2, the file is cut" });
});

test("[R10] inside a subgraph, the inner node fails", async () => {
  const inner: Subgraph = {
    nodes: versioned({
      load: { type: "model.load", inputs: { text: from("$inputs.text") } },
      use: { type: "model.use", inputs: { model: from("load.model") } },
    }),
    inputs: { text: { type: "text" } },
    outputs: { text: from("use") },
  };
  const use = { type: "graph:inner", inputs: { text: from("words.texts") } };
  const words = { type: "list.texts", params: { text: "b,c" } };
  const { error } = await observe(graphOf({ words, use }, { inner }), {}, registry);
  expect(error).toMatchObject({
    at: { nodeId: "use/load" },
    what: "at item 2 of 2, the file is cut",
  });
});

test("[R10] a stream that breaks off fails its source, even where the consumer wraps the error", async () => {
  const graph = graphOf({
    cut: { type: "stream.cut" },
    wrap: { type: "stream.wrap", inputs: { texts: from("cut.texts") } },
  });
  const { error } = await observe(graph, {}, registry);
  expect(error).toMatchObject({ at: { nodeId: "cut" }, what: "the stream is cut" });
});

/** The error of a run in which a node throws. */
async function errorOf(thrown: unknown): Promise<EngineError | undefined> {
  const fail = defineNode({
    ...about,
    type: "test.fail",
    isOutput: true,
    inputs: {},
    params: {},
    outputs: {},
    run(): Record<never, never> {
      throw thrown;
    },
  });
  const graph = graphOf({ fail: { type: "test.fail" } });
  return (await observe(graph, {}, createRegistry([fail]))).error;
}

test("[R11] an error that names an input or a param is `node.bad-input` there", async () => {
  const hint = "Choose another file.";
  const cases: [unknown, string, string | undefined][] = [
    [inputError("no fit", { hint, input: "model" }), "node.bad-input", "inputs.model"],
    [inputError("no fit", { hint, param: "path" }), "node.bad-input", "params.path"],
    [inputError("no fit", { hint }), "node.bad-input", undefined],
    [
      new EngineError("device.unavailable", "no fit", { at: { path: "params.path" }, hint }),
      "node.bad-input",
      "params.path",
    ],
    [new EngineError("param.range", "no fit", { at: {}, hint }), "param.range", undefined],
    [new EngineError("disk.full", "no fit", { at: {}, hint }), "node.failed", undefined],
  ];
  for (const [thrown, code, path] of cases) {
    const at = path === undefined ? { nodeId: "fail" } : { nodeId: "fail", path };
    expect(await errorOf(thrown)).toMatchObject({ code, what: "no fit", hint, at, cause: thrown });
  }
});

test("an argument that a library refuses is shown at the node's port or param of that name", async () => {
  const refusal = { what: "no fit", hint: "Choose another file.", argument: "path" };
  const thrown = Object.assign(new Error("code: what"), refusal);
  const fail = defineNode({
    type: "test.fail",
    version: 1,
    title: "Fail",
    doc: "Fails.",
    inputs: {},
    params: { path: param.text({ default: "", doc: "File." }) },
    outputs: {},
    isOutput: true,
    run(): Record<never, never> {
      throw thrown;
    },
  });
  const graph = graphOf({ fail: { type: "test.fail" } });
  expect((await observe(graph, {}, createRegistry([fail]))).error).toMatchObject({
    code: "node.bad-input",
    what: "no fit",
    at: { nodeId: "fail", path: "params.path" },
  });
});

test("the place that a foreign error names is kept", async () => {
  const foreign = Object.assign(new Error("x"), { what: "expected [4, 4]", at: "unet.conv_in" });
  expect((await errorOf(foreign))?.what).toBe("in unet.conv_in, expected [4, 4]");
  expect((await errorOf(new Error("two\n  lines\n")))?.what).toBe("two lines");
  expect(await errorOf("plain text")).toMatchObject({ code: "node.failed", what: "plain text" });
});
