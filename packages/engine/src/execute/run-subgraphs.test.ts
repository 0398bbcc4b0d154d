import { expect, test } from "vitest";
import { createMemoryStore } from "../cache/memory-store.ts";
import type { Subgraph } from "../graph/document.ts";
import { setParam } from "../graph/edit-graph.ts";
import { from, graphOf, observe, open, registry, versioned } from "./run.fixture.ts";
import { callGraph } from "./run-graph.ts";

const shout: Subgraph = {
  nodes: versioned({
    loud: { type: "text.upper", inputs: { text: from("$inputs.text") } },
    more: { type: "text.repeat", params: { times: 2 }, inputs: { text: from("loud") } },
  }),
  inputs: { text: { type: "text" }, times: { node: "more", param: "times" } },
  outputs: { text: from("more") },
};
const twice: Subgraph = {
  nodes: versioned({
    one: { type: "graph:shout", params: { times: 1 }, inputs: { text: from("$inputs.text") } },
    both: { type: "text.join", inputs: { a: from("one"), b: from("$inputs.text") } },
  }),
  inputs: { text: { type: "text" }, times: { node: "one", param: "times" } },
  outputs: { text: from("both"), plain: from("$inputs.text") },
};
const graphs = { shout, twice };
const word = { type: "text.value", params: { text: "a" } };

test("[G1] a subgraph replaces its node; inner nodes are named after both", async () => {
  const graph = graphOf(
    { word, use: { type: "graph:shout", inputs: { text: from("word") } } },
    graphs,
  );
  const { values, ran } = await observe(graph);
  expect(values.get("use")).toEqual({ text: "AA" });
  expect(ran).toEqual(["word", "use/loud", "use/more"]);
  const more = await observe(setParam(graph, "use", "times", 3));
  expect(more.values.get("use")).toEqual({ text: "AAA" });
});

test("[G1] subgraphs nest, and links set their params", async () => {
  const nested = graphOf(
    {
      word,
      times: { type: "number.value", params: { value: 3 } },
      use: { type: "graph:twice", inputs: { text: from("word"), times: from("times.number") } },
    },
    graphs,
  );
  const { values, ran } = await observe(nested, { outputs: ["use"] });
  expect(values.get("use")).toEqual({ text: "AAA a", plain: "a" });
  expect(ran).toContain("use/one/more");
  const inner = await observe(nested, { outputs: ["use/one/more"] });
  expect(inner.values.get("use/one/more")).toEqual({ text: "AAA" });
  expect((await observe(nested, { outputs: ["use/one/none"] })).error).toMatchObject({
    code: "graph.unknown-node",
  });
});

test("[G1] results and their keys are the same inline and inside a subgraph", async () => {
  const store = createMemoryStore();
  await observe(
    graphOf({ word, use: { type: "graph:shout", inputs: { text: from("word") } } }, graphs),
    {
      store,
    },
  );
  const inline = graphOf({
    word,
    loud: { type: "text.upper", inputs: { text: from("word") } },
    more: { type: "text.repeat", params: { times: 2 }, inputs: { text: from("loud") } },
  });
  expect((await observe(inline, { store })).ran).toEqual([]);
});

test("[G2] a list at a subgraph's single-value input runs the whole of it for each item", async () => {
  const measure: Subgraph = {
    nodes: versioned({
      items: { type: "list.texts", inputs: { text: from("$inputs.text") } },
      size: { type: "list.length", inputs: { list: from("items.texts") } },
      again: {
        type: "text.repeat",
        inputs: { text: from("$inputs.text"), times: from("size.number") },
      },
    }),
    inputs: { text: { type: "text" } },
    outputs: { text: from("again"), size: from("size.number") },
  };
  const graph = graphOf(
    {
      word,
      words: { type: "list.texts", params: { text: "x,y" } },
      each: { type: "graph:measure", inputs: { text: from("words.texts") } },
      all: { type: "text.concat", inputs: { texts: from("each") } },
    },
    { measure },
  );
  const { values, events, error } = await observe(graph, { outputs: ["all", "each"] });
  expect(error).toBeUndefined();
  expect(values.get("each")).toEqual({ text: ["x", "y"], size: [1, 1] });
  expect(values.get("all")).toEqual({ text: "x+y" });
  const sizes = events.filter(({ nodeId }) => nodeId === "each/size").map(({ type }) => type);
  expect(sizes.filter((type) => type === "node-started")).toHaveLength(1);
  expect(sizes.at(-1)).toBe("node-finished");
});

test("[R1] a subgraph that runs for each item makes only the outputs that something takes", async () => {
  const two: Subgraph = {
    nodes: versioned({
      loud: { type: "text.upper", inputs: { text: from("$inputs.text") } },
      more: { type: "list.texts", inputs: { text: from("$inputs.text") } },
    }),
    inputs: { text: { type: "text" } },
    outputs: { loud: from("loud"), more: from("more.texts") },
  };
  const graph = graphOf(
    {
      words: { type: "list.texts", params: { text: "x,y" } },
      each: { type: "graph:two", inputs: { text: from("words.texts") } },
      all: { type: "text.concat", inputs: { texts: from("each.loud") } },
    },
    { two },
  );
  const { ran, values } = await observe(graph, { outputs: ["all"] });
  expect(values.get("all")).toEqual({ text: "X+Y" });
  expect(ran).not.toContain("each/more");
  expect((await observe(graph, { outputs: ["each"] })).ran).toContain("each/more");
});

test("[G2] a stream flows through a subgraph", async () => {
  const graph = graphOf(
    {
      source: { type: "stream.texts", params: { count: 3 } },
      use: { type: "graph:shout", inputs: { text: from("source.texts") } },
      all: { type: "stream.join", inputs: { texts: from("use") } },
    },
    graphs,
  );
  const { values, error } = await observe(graph);
  expect(error).toBeUndefined();
  expect(values.get("all")).toEqual({ text: "N0N0 N1N1 N2N2" });
});

test("[G3] output nodes inside a subgraph run with it", async () => {
  const quiet: Subgraph = {
    nodes: versioned({ out: { type: "text.join", inputs: { a: from("$inputs.text") } } }),
    inputs: { text: { type: "text" } },
  };
  const { ran } = await observe(
    graphOf({ word, use: { type: "graph:quiet", inputs: { text: from("word") } } }, { quiet }),
  );
  expect(ran).toEqual(["word", "use/out"]);
});

test("an optional input that is left out is absent inside too", async () => {
  const pair: Subgraph = {
    nodes: versioned({
      out: { type: "text.join", inputs: { a: from("$inputs.a"), b: from("$inputs.b") } },
    }),
    inputs: { a: { type: "text" }, b: { type: "text", optional: true } },
    outputs: { text: from("out") },
  };
  const graph = graphOf(
    { word, use: { type: "graph:pair", inputs: { a: from("word") } } },
    { pair },
  );
  expect((await observe(graph)).values.get("use")).toEqual({ text: "a" });
});

test("[R10] a failure inside is reported at its place inside", async () => {
  const graph = graphOf(
    {
      word: { type: "text.value", params: { text: "bad" } },
      use: { type: "graph:twice", inputs: { text: from("word") } },
    },
    graphs,
  );
  expect((await observe(graph)).error).toMatchObject({ at: { nodeId: "use/one/loud" } });
});

test("[G4] a graph is a function of its named inputs", async () => {
  const graph = {
    ...graphOf({ use: { type: "graph:shout", inputs: { text: from("$inputs.text") } } }, graphs),
    inputs: { text: { type: "text" }, times: { node: "use", param: "times" } },
    outputs: { loud: from("use"), plain: from("$inputs.text") },
  };
  const call = (inputs: Record<string, unknown>) => callGraph(graph, registry, inputs, { open });
  expect(await call({ text: "hey", times: 1 })).toEqual({ loud: "HEY", plain: "hey" });
  const unknown = { ...graph, inputs: { ...graph.inputs, more: { type: "unknown" } } };
  const all = { text: "hey", times: 1, more: {} };
  expect(await callGraph(unknown, registry, all, { open })).toMatchObject({ loud: "HEY" });
  await expect(call({})).rejects.toMatchObject({
    code: "graph.missing-input",
    at: { path: "inputs.text" },
  });
  await expect(call({ text: "a", tomes: 1 })).rejects.toMatchObject({ code: "graph.unknown-port" });
  const list = { ...graph, inputs: { ...graph.inputs, text: { type: "list of text" } } };
  expect(await callGraph(list, registry, { text: ["a", "b"] }, { open })).toMatchObject({
    loud: ["AA", "BB"],
  });
  await expect(callGraph(list, registry, { text: "a" }, { open })).rejects.toMatchObject({
    code: "node.bad-input",
  });
});
