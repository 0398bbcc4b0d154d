import { expect, test } from "vitest";
import type { GraphDocument, Subgraph } from "../graph/document.ts";
import { stringifyGraph } from "../graph/stringify-graph.ts";
import { validateGraph } from "../graph/validate-graph.ts";
import { from, graphOf, observe, open, registry, versioned } from "./run.fixture.ts";
import { callGraph } from "./run-graph.ts";

const shout = {
  nodes: versioned({
    word: { type: "text.value", params: { text: "own" } },
    loud: { type: "text.upper", inputs: { text: from("word") } },
  }),
  inputs: { text: from("word") },
  outputs: { loud: from("loud"), plain: from("word") },
} satisfies Subgraph;

const document: GraphDocument = { format: "insightgraph", version: 1, ...shout };

const wanted = { outputs: ["use"] };

function use(inputs: Readonly<Record<string, ReturnType<typeof from>>> = {}): GraphDocument {
  return graphOf(
    {
      given: { type: "text.value", params: { text: "given" } },
      given_list: { type: "list.texts", params: { text: "x,y" } },
      off: { type: "text.value", muted: true },
      use: { type: "graph:shout", inputs },
    },
    { shout },
  );
}

test("[G5] a value replaces what the named output gives, and that node does not run", async () => {
  const started: string[] = [];
  const options = {
    open,
    emit: (event: { type: string; nodeId?: string }) => {
      if (event.type === "node-started") started.push(event.nodeId ?? "");
    },
  };
  expect(await callGraph(document, registry, { text: "new" }, options)).toEqual({
    loud: "NEW",
    plain: "new",
  });
  expect(started).toEqual(["loud"]);
  expect(await callGraph(document, registry, {}, options)).toEqual({ loud: "OWN", plain: "own" });
  expect(started).toEqual(["loud", "word", "loud"]);
});

test("[G5] a replaced node may be one that could not run", async () => {
  const broken = {
    ...document,
    nodes: { ...shout.nodes, word: { type: "text.upper", version: 1 } },
  };
  const call = (inputs: Readonly<Record<string, unknown>>) =>
    callGraph(broken, registry, inputs, { open });
  expect(await call({ text: "new" })).toMatchObject({ loud: "NEW" });
  await expect(call({})).rejects.toMatchObject({ code: "graph.missing-input" });
});

test("[G5] a replaced node still runs for its other outputs", async () => {
  const graph: GraphDocument = {
    ...graphOf(
      {
        use: { type: "graph:shout" },
        both: { type: "text.join", inputs: { a: from("use.loud"), b: from("use.plain") } },
      },
      { shout },
    ),
    inputs: { loud: from("use.loud") },
    outputs: { both: from("both") },
  };
  const call = callGraph(graph, registry, { loud: "new" }, { open });
  expect(await call).toEqual({ both: "new own" });
});

test("[G5] a node for a graph has an optional port for a named output", async () => {
  const without = await observe(use(), wanted);
  expect(without.values.get("use")).toEqual({ loud: "OWN", plain: "own" });
  const linked = await observe(use({ text: from("given") }), wanted);
  expect(linked.values.get("use")).toEqual({ loud: "GIVEN", plain: "given" });
  expect(linked.ran).toEqual(["given", "use/loud"]);
  const off = await observe(use({ text: from("off") }), wanted);
  expect(off.values.get("use")).toEqual({ loud: "OWN", plain: "own" });
});

test("[G5] a list at such a port runs the graph for each item", async () => {
  const { values, ran } = await observe(use({ text: from("given_list.texts") }), wanted);
  expect(values.get("use")).toEqual({ loud: ["X", "Y"], plain: ["x", "y"] });
  expect(ran).not.toContain("use/word");
});

test("[G5] two uses of one graph may differ in what they give", async () => {
  const graph = use({ text: from("given") });
  const both = {
    ...graph,
    nodes: { ...graph.nodes, other: { type: "graph:shout", version: 1 } },
  };
  const { values } = await observe(both, { outputs: ["use", "other"] });
  expect(values.get("use")).toMatchObject({ loud: "GIVEN" });
  expect(values.get("other")).toMatchObject({ loud: "OWN" });
});

test("[G5] an optional port that brings nothing replaces nothing", async () => {
  const outer: Subgraph = {
    nodes: versioned({ inner: { type: "graph:shout", inputs: { text: from("$inputs.text") } } }),
    inputs: { text: { type: "text", optional: true } },
    outputs: { loud: from("inner.loud") },
  };
  const graph = graphOf({ use: { type: "graph:outer" } }, { shout, outer });
  expect((await observe(graph, wanted)).values.get("use")).toEqual({ loud: "OWN" });
});

test("[G5] an output node that is replaced does not run for its effect", async () => {
  const saving: Subgraph = {
    nodes: versioned({ out: { type: "text.join", inputs: { a: from("$inputs.a") } } }),
    inputs: { a: { type: "text" }, joined: from("out") },
    outputs: { text: from("out") },
  };
  const a = from("given");
  const graph = graphOf(
    {
      given: { type: "text.value", params: { text: "given" } },
      use: { type: "graph:saving", inputs: { a, joined: a } },
    },
    { saving },
  );
  expect((await observe(graph, wanted)).ran).toEqual(["given"]);
});

test("[G5] an input that names no output, or one of unknown type, is an issue", () => {
  const issuesOf = (inputs: GraphDocument["inputs"]) =>
    validateGraph({ ...document, ...(inputs && { inputs }) }, registry.catalogue).map(
      ({ code, path }) => `${code} ${path}`,
    );
  expect(issuesOf(shout.inputs)).toEqual([]);
  expect(issuesOf({ text: from("nobody") })).toEqual(["graph.dangling-link inputs.text"]);
  expect(issuesOf({ text: from("word.picture") })).toEqual(["graph.dangling-link inputs.text"]);
  const route = versioned({ ...shout.nodes, pick: { type: "flow.if" } });
  const { catalogue } = registry;
  expect(
    validateGraph({ ...document, nodes: route, inputs: { any: from("pick.value") } }, catalogue),
  ).toContainEqual(expect.objectContaining({ code: "graph.port-type", path: "inputs.any" }));
});

test("[G5] a link into a named output's port has its type", () => {
  const graph = use({ text: from("number.number") });
  const nodes = { ...graph.nodes, number: { type: "number.value", version: 1 } };
  expect(validateGraph({ ...graph, nodes }, registry.catalogue)).toMatchObject([
    { code: "graph.port-type", nodeId: "use", path: "inputs.text" },
  ]);
});

test("[G5] is written on one line, like a link", () => {
  expect(stringifyGraph(document)).toContain('"text": { "node": "word", "output": "text" }');
});
