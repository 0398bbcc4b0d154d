import { describe, expect, test } from "vitest";
import { createMemoryStore } from "../cache/memory-store.ts";
import { setParam } from "../graph/edit-graph.ts";
import { defineNode } from "../node/define-node.ts";
import { param } from "../node/param.ts";
import { createRegistry } from "../node/registry.ts";
import { about, doc, from, graphOf, nodes, observe, text } from "./run.fixture.ts";

const sweep = graphOf({
  words: { type: "list.texts", params: { text: "a,b,c" } },
  loud: { type: "text.upper", inputs: { text: from("words.texts") } },
  all: { type: "text.concat", inputs: { texts: from("loud") } },
});

describe("lists", () => {
  test("[L1] a list at a single-value port maps the node; a list port takes it whole", async () => {
    const { values, events } = await observe(sweep);
    expect(values.get("all")).toEqual({ text: "A+B+C" });
    const loud = events.filter(({ nodeId }) => nodeId === "loud");
    expect(loud.map(({ type }) => type)).toEqual([
      ...["node-started", "node-progressed", "node-progressed", "node-finished"],
    ]);
    expect(loud.at(-2)).toMatchObject({ done: 3, total: 3 });
    expect(loud.at(-1)).toMatchObject({
      previews: { text: { kind: "text", text: "A\nB\nC" } },
      digests: { text: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });

  test("[L3] each item is cached by itself: one more item is one more run", async () => {
    const store = createMemoryStore();
    const runs: string[] = [];
    const spy = defineNode({
      ...about,
      type: "text.spy",
      inputs: { text: text(doc) },
      params: {},
      outputs: { text: text(doc) },
      run(inputs) {
        runs.push(inputs.text);
        return { text: inputs.text };
      },
    });
    const types = createRegistry([...nodes, spy]);
    const graph = graphOf({
      ...sweep.nodes,
      loud: { type: "text.spy", inputs: { text: from("words.texts") } },
    });
    await observe(graph, { store }, types);
    await observe(setParam(graph, "words", "text", "c,d,a"), { store }, types);
    expect(runs).toEqual(["a", "b", "c", "d"]);
  });

  test("[C1] an unchanged list keeps everything downstream cached", async () => {
    const store = createMemoryStore();
    await observe(sweep, { store });
    const { ran } = await observe(setParam(sweep, "words", "text", "A,b,C"), { store });
    expect(ran.sort()).toEqual(["loud", "words"]);
  });

  test("[L2] several lists are walked together, single values go with every item", async () => {
    const graph = graphOf({
      one: { type: "list.texts", params: { text: "a,b" } },
      two: { type: "list.texts", params: { text: "x,y" } },
      same: { type: "text.value", params: { text: "s" } },
      pairs: { type: "text.join", inputs: { a: from("one.texts"), b: from("two.texts") } },
      both: { type: "text.join", inputs: { a: from("same"), b: from("two.texts") } },
    });
    const { values } = await observe(graph);
    expect(values.get("pairs")).toEqual({ text: ["a x", "b y"] });
    expect(values.get("both")).toEqual({ text: ["s x", "s y"] });
    const { error } = await observe(setParam(graph, "two", "text", "x"));
    expect(error).toMatchObject({
      code: "list.length",
      at: { nodeId: "pairs", path: "inputs.b" },
      what: '"a" has 2 items and "b" has 1',
    });
    const longer = await observe(setParam(graph, "two", "text", "x,y,z"));
    expect(longer.error).toMatchObject({
      code: "list.length",
      at: { nodeId: "pairs", path: "inputs.b" },
      what: '"a" has 2 items and "b" has 3',
    });
  });

  test("an empty list gives empty lists", async () => {
    const { values, error } = await observe(setParam(sweep, "words", "text", ""));
    expect(error).toBeUndefined();
    expect(values.get("all")).toEqual({ text: "" });
  });

  test("[L4] a failing item fails the node once, and the error names the item", async () => {
    const { error, events } = await observe(setParam(sweep, "words", "text", "a,bad,bad"));
    expect(error).toMatchObject({ code: "node.failed", what: "at item 2 of 3, no way" });
    expect(error?.cause).toBeInstanceOf(TypeError);
    expect(events.filter(({ type }) => type === "node-failed")).toHaveLength(1);
    expect(events.some(({ nodeId }) => nodeId === "all")).toBe(false);
  });

  test("ports of any type keep the type of what they hold", async () => {
    const graph = graphOf({
      words: { type: "list.texts", params: { text: "a,b" } },
      more: { type: "list.twice", inputs: { list: from("words.texts") } },
      loud: { type: "text.upper", inputs: { text: from("more.list") } },
      size: { type: "list.length", inputs: { list: from("loud") } },
    });
    const { values, events } = await observe(graph, { outputs: ["loud", "size"] });
    expect(values.get("loud")).toEqual({ text: ["A", "B", "A", "B"] });
    expect(values.get("size")).toEqual({ number: 4 });
    expect(events.at(-1)).toMatchObject({ type: "node-finished" });
  });

  test("[L1] a list of lists is mapped level by level", async () => {
    const graph = graphOf({
      lines: { type: "list.texts", params: { text: "a,b" } },
      more: { type: "list.texts", inputs: { text: from("lines.texts") } },
      loud: { type: "text.upper", inputs: { text: from("more.texts") } },
      rows: { type: "text.concat", inputs: { texts: from("loud") } },
    });
    const { values } = await observe(graph, { outputs: ["loud", "rows"] });
    expect(values.get("loud")).toEqual({ text: [["A"], ["B"]] });
    expect(values.get("rows")).toEqual({ text: ["A", "B"] });
  });

  test("a node with side effects learns which item it runs for", async () => {
    const seen: unknown[] = [];
    const save = defineNode({
      ...about,
      type: "text.save",
      isOutput: true,
      cacheable: false,
      inputs: { text: text(doc) },
      params: { path: param.text({ default: "x", doc }) },
      outputs: {},
      run(_inputs, _params, { item }) {
        seen.push(item);
        return {};
      },
    });
    const graph = graphOf({
      words: { type: "list.texts", params: { text: "a,b" } },
      save: { type: "text.save", inputs: { text: from("words.texts") } },
      one: { type: "text.value", params: { text: "a" } },
      plain: { type: "text.save", inputs: { text: from("one") } },
    });
    await observe(graph, {}, createRegistry([...nodes, save]));
    expect(seen).toContainEqual({ index: 1, count: 2, label: "1" });
    expect(seen).toContain(undefined);
    expect(seen).toHaveLength(3);
  });
});
