import { describe, expect, test } from "vitest";
import { createMemoryStore } from "../cache/memory-store.ts";
import { setParam } from "../graph/edit-graph.ts";
import { defineNode } from "../node/define-node.ts";
import { streamOf } from "../node/define-port.ts";
import { param } from "../node/param.ts";
import { createRegistry } from "../node/registry.ts";
import { about, doc, from, graphOf, nodes, observe, text } from "./run.fixture.ts";
import { callGraph } from "./run-graph.ts";

const flow = graphOf({
  source: { type: "stream.texts", params: { count: 4 } },
  loud: { type: "text.upper", inputs: { text: from("source.texts") } },
  all: { type: "stream.join", inputs: { texts: from("loud") } },
});

/** A source that records how far it is ahead of the sink, and whether it was closed. */
function watchedSource() {
  const seen = { made: 0, taken: 0, mostAhead: 0, isClosed: false };
  async function* make(count: number): AsyncGenerator<string, void> {
    try {
      for (let at = 0; at < count; at++) {
        seen.made++;
        seen.mostAhead = Math.max(seen.mostAhead, seen.made - seen.taken);
        yield `w${at}`;
      }
    } finally {
      seen.isClosed = true;
    }
  }
  const source = defineNode({
    ...about,
    type: "stream.watched",
    inputs: {},
    params: { count: param.integer({ default: 100, doc }) },
    outputs: { texts: streamOf(text)(doc) },
    run: (_inputs, { count }) => ({ texts: make(count) }),
  });
  const sink = defineNode({
    ...about,
    type: "stream.count",
    isOutput: true,
    cacheable: false,
    inputs: { texts: streamOf(text)(doc) },
    params: {},
    outputs: { text: text(doc) },
    async run({ texts }) {
      for await (const _ of texts) seen.taken++;
      return { text: String(seen.taken) };
    },
  });
  return { seen, types: createRegistry([...nodes, source, sink]) };
}

describe("streams", () => {
  test("[L5] items flow through mapped nodes into a sink, in order", async () => {
    const { values, ran, events } = await observe(flow);
    expect(values.get("all")).toEqual({ text: "N0 N1 N2 N3" });
    expect(ran.sort()).toEqual(["all", "loud", "source"]);
    const started = events.flatMap((e) => (e.type === "node-started" ? [e.nodeId] : []));
    expect(started.sort()).toEqual(["all", "loud", "source"]);
  });

  test("[L7] a sink is cached by how its stream is made: nothing runs again for the same", async () => {
    const store = createMemoryStore();
    await observe(flow, { store });
    expect((await observe(flow, { store })).ran).toEqual([]);
    const more = await observe(setParam(flow, "source", "count", 5), { store });
    expect(more.values.get("all")).toEqual({ text: "N0 N1 N2 N3 N4" });
  });

  test("branches of one stream that meet again are walked item by item", async () => {
    const graph = graphOf({
      ...flow.nodes,
      pair: { type: "text.join", inputs: { a: from("source.texts"), b: from("loud") } },
      all: { type: "stream.join", inputs: { texts: from("pair") } },
    });
    expect((await observe(graph)).values.get("all")).toEqual({ text: "n0 N0 n1 N1 n2 N2 n3 N3" });
  });

  test("[L2] a list and a stream walk together; other lengths are refused", async () => {
    const graph = graphOf({
      ...flow.nodes,
      words: { type: "list.texts", params: { text: "a,b,c,d" } },
      pair: { type: "text.join", inputs: { a: from("words.texts"), b: from("loud") } },
      all: { type: "stream.join", inputs: { texts: from("pair") } },
    });
    expect((await observe(graph)).values.get("all")).toEqual({ text: "a N0 b N1 c N2 d N3" });
    const { error } = await observe(setParam(graph, "words", "text", "a,b"));
    expect(error).toMatchObject({ code: "list.length" });
  });

  test("a list may enter a port that takes a stream", async () => {
    const graph = graphOf({
      words: { type: "list.texts", params: { text: "a,b" } },
      all: { type: "stream.join", inputs: { texts: from("words.texts") } },
    });
    expect((await observe(graph)).values.get("all")).toEqual({ text: "a b" });
  });

  test("[L4] a requested node that is mapped over a stream runs for every item", async () => {
    const graph = graphOf({
      source: { type: "stream.texts", params: { count: 3, isKnown: true } },
      each: { type: "text.join", inputs: { a: from("source.texts") } },
    });
    const { values, events } = await observe(graph);
    expect(values.get("each")).toEqual({});
    const progress = events.filter((e) => e.type === "node-progressed" && e.nodeId === "each");
    const preview = { kind: "text", text: "n2" };
    expect(progress.at(-1)).toMatchObject({ done: 3, total: 3, preview });
  });

  test("[L5] at most `concurrency` items are made ahead", async () => {
    const { seen, types } = watchedSource();
    const graph = graphOf({
      source: { type: "stream.watched", params: { count: 500 } },
      loud: { type: "text.upper", inputs: { text: from("source.texts") } },
      all: { type: "stream.count", inputs: { texts: from("loud") } },
    });
    const { values } = await observe(graph, { concurrency: 3 }, types);
    expect(values.get("all")).toEqual({ text: "500" });
    expect(seen.mostAhead).toBe(3);
    expect(seen.isClosed).toBe(true);
  });

  test("a sink and the nodes that feed it share one slot without a deadlock", async () => {
    const { values } = await observe(flow, { concurrency: 1 });
    expect(values.get("all")).toEqual({ text: "N0 N1 N2 N3" });
  });

  test("a requested stream is read once, whether a node is mapped over it or gives it", async () => {
    const { seen, types } = watchedSource();
    const graph = graphOf({
      source: { type: "stream.watched", params: { count: 5 } },
      each: { type: "text.upper", inputs: { text: from("source.texts") } },
    });
    await observe(graph, { outputs: ["each"] }, types);
    expect(seen.made).toBe(5);
    await observe(graph, { outputs: ["source"] }, types);
    expect(seen.made).toBe(10);
  });

  test("what a call keeps of a stream is made item by item; other outputs of its nodes are left", async () => {
    const { seen, types } = watchedSource();
    const graph = {
      ...graphOf({
        source: { type: "stream.watched", params: { count: 20 } },
        each: { type: "text.upper", inputs: { text: from("source.texts") } },
        words: { type: "list.texts", params: { text: "a,b" } },
      }),
      outputs: { loud: from("each"), words: from("words.texts") },
    };
    const keep = async (value: unknown, portType: string) => {
      seen.taken++;
      return `${portType} ${value}`;
    };
    const open = () => Promise.reject(new TypeError("no network is needed"));
    const kept = await callGraph(graph, types, {}, { open, keep });
    expect(kept["words"]).toEqual(["text a", "text b"]);
    expect(kept["loud"]).toEqual(Array.from({ length: 20 }, (_, at) => `text W${at}`));
    expect(seen.made).toBe(20);
    expect(seen.mostAhead).toBeLessThan(10);
  });

  test("[L2] known lengths are compared before any item runs", async () => {
    const graph = graphOf({
      source: { type: "stream.texts", params: { count: 3, isKnown: true } },
      words: { type: "list.texts", params: { text: "a,b" } },
      pair: { type: "text.join", inputs: { a: from("source.texts"), b: from("words.texts") } },
      all: { type: "stream.join", inputs: { texts: from("pair") } },
    });
    const { error, ran } = await observe(graph);
    expect(error).toMatchObject({ code: "list.length", what: '"a" has 3 items and "b" has 2' });
    expect(ran).not.toContain("source");
    const equal = await observe(setParam(graph, "words", "text", "a,b,c"));
    expect(equal.values.get("all")).toEqual({ text: "n0 a n1 b n2 c" });
  });

  test("a node sees the length of a stream where it is known", async () => {
    const measure = defineNode({
      ...about,
      type: "stream.measure",
      isOutput: true,
      inputs: { texts: streamOf(text)(doc) },
      params: {},
      outputs: { text: text(doc) },
      run: ({ texts }) => ({ text: "length" in texts ? String(texts.length) : "unknown" }),
    });
    const all = createRegistry([...nodes, measure]);
    const graph = graphOf({
      source: { type: "stream.texts" },
      known: { type: "stream.texts", params: { count: 3, isKnown: true } },
      words: { type: "list.texts", params: { text: "a,b" } },
      one: { type: "stream.measure", inputs: { texts: from("source.texts") } },
      two: { type: "stream.measure", inputs: { texts: from("known.texts") } },
      three: { type: "stream.measure", inputs: { texts: from("words.texts") } },
      loud: { type: "text.upper", inputs: { text: from("known.texts") } },
      four: { type: "stream.measure", inputs: { texts: from("loud") } },
    });
    const { values } = await observe(graph, {}, all);
    const lengths = ["one", "two", "three", "four"].map((id) => values.get(id)?.["text"]);
    expect(lengths).toEqual(["unknown", "3", "2", "3"]);
  });

  test("[L6] a sink that has enough closes the source", async () => {
    const { seen, types } = watchedSource();
    const graph = graphOf({
      source: { type: "stream.watched", params: { count: 100 } },
      loud: { type: "text.upper", inputs: { text: from("source.texts") } },
      all: { type: "stream.join", params: { most: 2 }, inputs: { texts: from("loud") } },
    });
    const { values } = await observe(graph, { concurrency: 2 }, types);
    expect(values.get("all")).toEqual({ text: "W0 W1" });
    expect(seen.made).toBeLessThan(10);
    expect(seen.isClosed).toBe(true);
  });

  test("[L4] [L6] a failing item fails its node, named with the item, and closes the source", async () => {
    const { seen, types } = watchedSource();
    const refuse = defineNode({
      ...about,
      type: "text.refuse",
      inputs: { text: text(doc) },
      params: {},
      outputs: { text: text(doc) },
      run(inputs) {
        if (inputs.text === "w2") throw new TypeError("no way");
        return { text: inputs.text };
      },
    });
    const graph = graphOf({
      source: { type: "stream.watched" },
      bad: { type: "text.refuse", inputs: { text: from("source.texts") } },
      all: { type: "stream.join", inputs: { texts: from("bad") } },
    });
    const all = createRegistry([...types.nodes.values(), refuse]);
    const { error, events } = await observe(graph, {}, all);
    expect(error).toMatchObject({ at: { nodeId: "bad" }, what: "at item 3, no way" });
    expect(events.filter(({ type }) => type === "node-failed")).toHaveLength(1);
    expect(seen.isClosed).toBe(true);
  });

  test("[L6] [R12] cancelling ends the run with the signal's reason, and closes the source", async () => {
    const { seen, types } = watchedSource();
    const cancel = new AbortController();
    const stop = defineNode({
      ...about,
      type: "text.stop",
      inputs: { text: text(doc) },
      params: {},
      outputs: { text: text(doc) },
      run(inputs) {
        if (inputs.text === "w5") cancel.abort();
        return { text: inputs.text };
      },
    });
    const graph = graphOf({
      source: { type: "stream.watched", params: { count: 1000 } },
      stop: { type: "text.stop", inputs: { text: from("source.texts") } },
      all: { type: "stream.join", inputs: { texts: from("stop") } },
    });
    const all = createRegistry([...types.nodes.values(), stop]);
    const { error, events } = await observe(graph, { signal: cancel.signal }, all);
    expect(error).toBe(cancel.signal.reason);
    expect(events.filter(({ type }) => type === "node-failed")).toEqual([]);
    expect(seen).toMatchObject({ isClosed: true });
    expect(seen.made).toBeLessThan(20);
  });
});
