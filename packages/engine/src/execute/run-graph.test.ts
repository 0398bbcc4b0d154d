import { describe, expect, test } from "vitest";
import { createMemoryStore } from "../cache/memory-store.ts";
import { EngineError } from "../errors.ts";
import type { GraphDocument, GraphNode } from "../graph/document.ts";
import { setParam } from "../graph/edit-graph.ts";
import { defineNode } from "../node/define-node.ts";
import { definePort } from "../node/define-port.ts";
import { inputError } from "../node/input-error.ts";
import { param } from "../node/param.ts";
import { createRegistry } from "../node/registry.ts";
import type { NodeEvent } from "../protocol/run-event.ts";
import { type RunOptions, runGraph } from "./run-graph.ts";

const text = definePort<string>("text", {
  hash: (value) => value,
  preview: (value) => ({ kind: "text", text: value }),
});
const handle = definePort<{ readonly name: string }>("handle");
const doc = "D.";
const about = { version: 1, title: "T", doc };

const value = defineNode({
  ...about,
  type: "text.value",
  inputs: {},
  params: { text: param.text({ default: "", doc }) },
  outputs: { text: text(doc) },
  run: (_inputs, params) => ({ text: params.text }),
});
const upper = defineNode({
  ...about,
  type: "text.upper",
  inputs: { text: text(doc) },
  params: {},
  outputs: { text: text(doc) },
  run: (inputs) => ({ text: inputs.text.toUpperCase() }),
});
const join = defineNode({
  ...about,
  type: "text.join",
  isOutput: true,
  inputs: { a: text(doc), b: text.optional(doc) },
  params: {},
  outputs: { text: text(doc) },
  run: ({ a, b }) => ({ text: b === undefined ? a : `${a} ${b}` }),
});
const refuse = defineNode({
  ...about,
  type: "text.refuse",
  inputs: { text: text(doc) },
  params: { politely: param.boolean({ default: false, doc }) },
  outputs: { text: text(doc) },
  run({ text: given }, { politely }): { text: string } {
    if (politely) throw inputError(`"${given}" is unknown`, { hint: "learn it.", input: "text" });
    throw new TypeError("no way");
  },
});
const contents: Readonly<Record<string, string>> = { a: "same", "far/b": "same", c: "other" };
const load = defineNode({
  ...about,
  type: "text.load",
  inputs: {},
  params: { path: param.text({ default: "", doc }), loud: param.boolean({ default: false, doc }) },
  outputs: { text: text(doc) },
  fingerprint: ({ path }) => contents[path] ?? "",
  fingerprinted: ["path"],
  run: (_inputs, { path }) => ({ text: contents[path] ?? "" }),
});
const bind = defineNode({
  ...about,
  type: "handle.bind",
  inputs: { text: text(doc) },
  params: {},
  outputs: { handle: handle(doc) },
  run: (inputs) => ({ handle: { name: inputs.text } }),
});
const name = defineNode({
  ...about,
  type: "handle.name",
  inputs: { handle: handle(doc) },
  params: {},
  outputs: { text: text(doc) },
  run: (inputs) => ({ text: inputs.handle.name }),
});
const registry = createRegistry([value, load, upper, join, refuse, bind, name]);

function graphOf(nodes: Record<string, Omit<GraphNode, "version">>): GraphDocument {
  const versioned = Object.entries(nodes).map(([id, node]) => [id, { version: 1, ...node }]);
  return { format: "insightgraph", version: 1, nodes: Object.fromEntries(versioned) };
}
const from = (node: string) => ({ node, output: "text" });
const open: RunOptions["open"] = () => Promise.reject(new Error("no models here"));

const hello = graphOf({
  first: { type: "text.value", params: { text: "hello" } },
  second: { type: "text.value", params: { text: "world" } },
  loud: { type: "text.upper", inputs: { text: from("second") } },
  both: { type: "text.join", inputs: { a: from("first"), b: from("loud") } },
  idle: { type: "text.upper", inputs: { text: from("first") } },
});

/** Runs a graph and tells which nodes ran, and which came from the store. */
async function observe(graph: GraphDocument, options: Partial<RunOptions> = {}) {
  const events: NodeEvent[] = [];
  const run = runGraph(graph, registry, { open, emit: (event) => events.push(event), ...options });
  const [outcome] = await Promise.allSettled([run]);
  const finished = events.filter((event) => event.type === "node-finished");
  return {
    outcome,
    events,
    ran: finished.filter(({ cached }) => !cached).map(({ nodeId }) => nodeId),
    kept: finished.filter(({ cached }) => cached).map(({ nodeId }) => nodeId),
  };
}

function textOf(outcome: PromiseSettledResult<unknown>, nodeId: string): unknown {
  if (outcome.status === "rejected") throw outcome.reason;
  return (outcome.value as ReadonlyMap<string, { text: unknown }>).get(nodeId)?.text;
}

describe("runGraph", () => {
  test("[R1] runs what output nodes need and nothing else, with previews", async () => {
    const { outcome, ran, events } = await observe(hello);
    expect(textOf(outcome, "both")).toBe("hello WORLD");
    expect(ran.sort()).toEqual(["both", "first", "loud", "second"]);
    expect(events.at(-1)).toMatchObject({
      nodeId: "both",
      previews: { text: { kind: "text", text: "hello WORLD" } },
    });
  });

  test("without previews no event carries one, and a later run that shows the kept results makes them", async () => {
    const store = createMemoryStore();
    const shown = async (hasPreviews: boolean): Promise<readonly object[]> => {
      const { events } = await observe(hello, { store, hasPreviews });
      return events.flatMap((event) => (event.type === "node-finished" ? [event.previews] : []));
    };
    expect(await shown(false)).toEqual([{}, {}, {}, {}]);
    expect(await shown(true)).toContainEqual({ text: { kind: "text", text: "hello WORLD" } });
  });

  test("[R1] runs exactly the requested nodes", async () => {
    const { outcome, ran } = await observe(hello, { outputs: ["idle"] });
    expect(textOf(outcome, "idle")).toBe("HELLO");
    expect(ran).toEqual(["first", "idle"]);
  });

  test("[C1] a change re-runs only what depends on it", async () => {
    const store = createMemoryStore();
    await observe(hello, { store });
    const again = await observe(hello, { store });
    expect(again.ran).toEqual([]);
    const { ran, kept } = await observe(setParam(hello, "first", "text", "bye"), { store });
    expect(ran).toEqual(["first", "both"]);
    expect(kept.sort()).toEqual(["loud", "second"]);
  });

  test("[E1] a finished node reports its key and the digests of its outputs, the same when cached", async () => {
    const store = createMemoryStore();
    const tellings = async (graph: GraphDocument) => {
      const { events } = await observe(graph, { store });
      return events.flatMap((event) =>
        event.type === "node-finished" ? [[event.nodeId, event.key, event.digests] as const] : [],
      );
    };
    const first = await tellings(hello);
    for (const [, key, { text: hash }] of first) {
      expect(key).toMatch(/^[0-9a-f]{64}$/);
      expect(hash).toMatch(/^[0-9a-f]{64}$/);
    }
    expect(await tellings(hello)).toEqual(first);
  });

  test("[C1] an unchanged value keeps everything downstream cached, also under other ids", async () => {
    const store = createMemoryStore();
    await observe(setParam(hello, "second", "text", "World"), { store });
    const moved = graphOf({
      x: { type: "text.value", params: { text: "WORLD" }, ui: { x: 5, y: 5 } },
      y: { type: "text.value", params: { text: "hello" } },
      z: { type: "text.upper", inputs: { text: from("x") } },
      all: { type: "text.join", inputs: { a: from("y"), b: from("z") } },
    });
    const { ran, kept } = await observe(moved, { store });
    expect(ran.sort()).toEqual(["x", "z"]);
    expect(kept.sort()).toEqual(["all", "y"]);
  });

  test("[C1] a file has the same result wherever it lies, and another one where its content differs", async () => {
    const store = createMemoryStore();
    const ranWith = async (params: GraphNode["params"] & object): Promise<number> => {
      const graph = graphOf({ file: { type: "text.load", params } });
      return (await observe(graph, { store, outputs: ["file"] })).ran.length;
    };
    expect(await ranWith({ path: "a" })).toBe(1);
    expect(await ranWith({ path: "far/b" })).toBe(0);
    expect(await ranWith({ path: "c" })).toBe(1);
    expect(await ranWith({ path: "a", loud: true })).toBe(1);
  });

  test("[C2] a value without a hash is identified by the node that made it", async () => {
    const store = createMemoryStore();
    const graph = graphOf({
      words: { type: "text.value", params: { text: "a" } },
      bound: { type: "handle.bind", inputs: { text: from("words") } },
      named: { type: "handle.name", inputs: { handle: { node: "bound", output: "handle" } } },
      out: { type: "text.join", inputs: { a: from("named") } },
    });
    await observe(graph, { store });
    expect((await observe(graph, { store })).ran).toEqual([]);
    const { outcome } = await observe(setParam(graph, "words", "text", "b"), { store });
    expect(textOf(outcome, "out")).toBe("b");
  });

  test("[R9] a failing node fails its dependents only; the error is wrapped once", async () => {
    const graph = graphOf({
      words: { type: "text.value", params: { text: "a" } },
      bad: { type: "text.refuse", inputs: { text: from("words") } },
      lost: { type: "text.join", inputs: { a: from("bad") } },
      good: { type: "text.join", inputs: { a: from("words") } },
    });
    const { outcome, ran, events } = await observe(graph);
    expect(ran).toEqual(["words", "good"]);
    expect(events.filter(({ nodeId }) => nodeId === "lost")).toEqual([]);
    const reason = outcome.status === "rejected" ? outcome.reason : undefined;
    expect(reason).toBeInstanceOf(EngineError);
    expect(reason).toMatchObject({ code: "node.failed", at: { nodeId: "bad" }, what: "no way" });
    expect(reason.cause).toBeInstanceOf(TypeError);
  });

  test("[R11] a node's own refusal keeps its code, place and hint", async () => {
    const graph = graphOf({
      words: { type: "text.value", params: { text: "a" } },
      bad: { type: "text.refuse", params: { politely: true }, inputs: { text: from("words") } },
      out: { type: "text.join", inputs: { a: from("bad") } },
    });
    const { events } = await observe(graph);
    expect(events.find(({ type }) => type === "node-failed")).toMatchObject({
      error: {
        code: "node.bad-input",
        nodeId: "bad",
        path: "inputs.text",
        what: '"a" is unknown',
        hint: "learn it.",
      },
    });
  });

  test("[R7] [R8] a bypassed node forwards its input, or leaves an optional input empty", async () => {
    const graph = graphOf({
      words: { type: "text.value", params: { text: "a" } },
      loud: { type: "text.upper", bypassed: true, inputs: { text: from("words") } },
      off: { type: "text.value", muted: true },
      out: { type: "text.join", inputs: { a: from("loud"), b: from("off") } },
    });
    const { outcome, ran } = await observe(graph);
    expect(textOf(outcome, "out")).toBe("a");
    expect(ran).toEqual(["words", "out"]);
  });

  test("[R2] a graph that cannot run is refused whole; invalid nodes beside the run do not matter", async () => {
    const graph = graphOf({ ...hello.nodes, broken: { type: "no.such" } });
    expect((await observe(graph)).outcome.status).toBe("fulfilled");
    const refused = await observe(graph, { outputs: ["broken"] });
    expect(refused.outcome).toMatchObject({ reason: { code: "graph.unknown-type" } });
    expect(refused.events).toEqual([]);
    expect((await observe(graphOf({}))).outcome).toMatchObject({
      reason: { code: "graph.nothing-wanted" },
    });
  });
});

describe("runGraph, nodes that take time", () => {
  /** A node that finishes only when told to, so that tests need no clock. */
  function heldNodes() {
    const gates = new Map<string, () => void>();
    const arrivals: string[] = [];
    let onArrival = (): void => {};
    const wait = defineNode({
      ...about,
      type: "text.wait",
      isOutput: true,
      inputs: {},
      params: { name: param.text({ default: "", doc }) },
      outputs: { text: text(doc) },
      async run(_inputs, params, { signal, progress }) {
        progress(0, 1, "soon");
        await new Promise<void>((resolve, reject) => {
          gates.set(params.name, resolve);
          signal.addEventListener("abort", () => reject(signal.reason));
          arrivals.push(params.name);
          onArrival();
        });
        return { text: params.name };
      },
    });
    const until = (count: number): Promise<void> =>
      new Promise((resolve) => {
        onArrival = () => void (arrivals.length >= count && resolve());
        onArrival();
      });
    return { held: createRegistry([wait]), gates, arrivals, until };
  }

  const three = graphOf({
    a: { type: "text.wait", params: { name: "a" } },
    b: { type: "text.wait", params: { name: "b" } },
    c: { type: "text.wait", params: { name: "c" } },
  });

  test("[R14] independent branches run at once, up to the limit", async () => {
    const { held, gates, arrivals, until } = heldNodes();
    const run = runGraph(three, held, { open, concurrency: 2 });
    await until(2);
    expect(arrivals).toEqual(["a", "b"]);
    gates.get("b")?.();
    await until(3);
    gates.get("a")?.();
    gates.get("c")?.();
    expect([...(await run).keys()]).toEqual(["a", "b", "c"]);
  });

  test("[R12] cancelling ends the run with the signal's own reason and starts nothing more", async () => {
    const { held, arrivals, until } = heldNodes();
    const events: NodeEvent[] = [];
    const cancel = new AbortController();
    const run = runGraph(three, held, {
      open,
      concurrency: 2,
      signal: cancel.signal,
      emit: (event) => events.push(event),
    });
    await until(2);
    cancel.abort();
    await expect(run).rejects.toBe(cancel.signal.reason);
    expect(arrivals).toEqual(["a", "b"]);
    expect(events.filter(({ type }) => type === "node-failed")).toEqual([]);
  });

  test.each([
    [true, { kind: "text", text: "soon" }],
    [false, undefined],
  ])("progress carries a preview of the first output: %s", async (hasPreviews, preview) => {
    const { held, gates, until } = heldNodes();
    const events: NodeEvent[] = [];
    const run = runGraph(three, held, {
      open,
      hasPreviews,
      outputs: ["a"],
      emit: (event) => events.push(event),
    });
    await until(1);
    gates.get("a")?.();
    await run;
    expect(events.map(({ type }) => type)).toEqual([
      "node-started",
      "node-progressed",
      "node-finished",
    ]);
    expect(events[1]).toMatchObject({ done: 0, total: 1 });
    expect((events[1] as { readonly preview?: unknown }).preview).toEqual(preview);
  });
});
