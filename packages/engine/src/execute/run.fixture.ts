import type { EngineError } from "../errors.ts";
import type { GraphDocument, GraphNode, Link, Subgraph } from "../graph/document.ts";
import { defineNode, defineRoute } from "../node/define-node.ts";
import {
  anyPort,
  definePort,
  listOf,
  type PortType,
  type Stream,
  streamOf,
} from "../node/define-port.ts";
import { param } from "../node/param.ts";
import { type AnyNode, createRegistry, type Registry } from "../node/registry.ts";
import type { NodeEvent } from "../protocol/run-event.ts";
import { type RunOptions, type RunValues, runGraph } from "./run-graph.ts";

export const text: PortType<string> = definePort<string>("text", {
  hash: (value) => value,
  preview: (value) => ({ kind: "text", text: value }),
});
const number = definePort<number>("number", { hash: String });
const boolean = definePort<boolean>("boolean", { hash: String });
/** Known by the node that made it, like a loaded model. */
const handle = definePort<{ readonly name: string }>("handle");
export const doc = "D.";
export const about: { readonly version: 1; readonly title: string; readonly doc: string } = {
  version: 1,
  title: "T",
  doc: doc,
};

const texts = listOf(text);

const value = defineNode({
  ...about,
  type: "text.value",
  inputs: {},
  params: { text: param.text({ default: "", maxLength: 40, doc }) },
  outputs: { text: text(doc) },
  run: (_inputs, params) => ({ text: params.text }),
});
const count = defineNode({
  ...about,
  type: "number.value",
  inputs: {},
  params: { value: param.number({ default: 0, doc }) },
  outputs: { number: number(doc) },
  run: (_inputs, params) => ({ number: params.value }),
});
const flag = defineNode({
  ...about,
  type: "boolean.value",
  inputs: {},
  params: { value: param.boolean({ default: false, doc }) },
  outputs: { boolean: boolean(doc) },
  run: (_inputs, params) => ({ boolean: params.value }),
});
const split = defineNode({
  ...about,
  type: "list.texts",
  inputs: {},
  params: { text: param.text({ default: "", doc }) },
  outputs: { texts: texts(doc) },
  run: (_inputs, params) => ({ texts: params.text === "" ? [] : params.text.split(",") }),
});
const counts = defineNode({
  ...about,
  type: "list.numbers",
  inputs: {},
  params: { count: param.integer({ default: 3, min: 0, doc }) },
  outputs: { numbers: listOf(number)(doc) },
  run: (_inputs, params) => ({ numbers: Array.from({ length: params.count }, (_, at) => at) }),
});
const upper = defineNode({
  ...about,
  type: "text.upper",
  inputs: { text: text(doc) },
  params: {},
  outputs: { text: text(doc) },
  run(inputs) {
    if (inputs.text === "bad") throw new TypeError("no way");
    return { text: inputs.text.toUpperCase() };
  },
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
const repeat = defineNode({
  ...about,
  type: "text.repeat",
  isOutput: true,
  inputs: { text: text(doc) },
  params: { times: param.integer({ default: 1, min: 1, max: 5, doc }) },
  outputs: { text: text(doc) },
  run: (inputs, { times }) => ({ text: inputs.text.repeat(times) }),
});
const concat = defineNode({
  ...about,
  type: "text.concat",
  isOutput: true,
  inputs: { texts: texts(doc) },
  params: {},
  outputs: { text: text(doc) },
  run: (inputs) => ({ text: inputs.texts.join("+") }),
});
const length = defineNode({
  ...about,
  type: "list.length",
  inputs: { list: listOf(anyPort("T"))(doc) },
  params: {},
  outputs: { number: number(doc) },
  run: ({ list }) => ({ number: list.length }),
});
const twice = defineNode({
  ...about,
  type: "list.twice",
  inputs: { list: listOf(anyPort("T"))(doc) },
  params: {},
  outputs: { list: listOf(anyPort("T"))(doc) },
  run: ({ list }) => ({ list: [...list, ...list] }),
});
const choose = defineRoute({
  ...about,
  type: "flow.if",
  isOutput: true,
  inputs: { yes: anyPort("T").optional(doc), no: anyPort("T").optional(doc) },
  params: { condition: param.boolean({ default: true, doc }) },
  outputs: { value: anyPort("T")(doc) },
  route: ({ condition }) => ({ value: condition ? "yes" : "no" }),
});
const bind = defineNode({
  ...about,
  type: "handle.bind",
  inputs: { text: text(doc) },
  params: {},
  outputs: { handle: handle(doc) },
  run: (inputs) => ({ handle: { name: inputs.text } }),
});
const pass = defineNode({
  ...about,
  type: "handle.pass",
  inputs: { handle: handle(doc) },
  params: {},
  outputs: { handle: handle(doc) },
  run: (inputs) => ({ handle: inputs.handle }),
});
const name = defineNode({
  ...about,
  type: "handle.name",
  isOutput: true,
  inputs: { handle: handle(doc) },
  params: {},
  outputs: { text: text(doc) },
  run: (inputs) => ({ text: inputs.handle.name }),
});

async function* countUp(end: number): AsyncGenerator<string, void> {
  for (let at = 0; at < end; at++) yield `n${at}`;
}

const source = defineNode({
  ...about,
  type: "stream.texts",
  inputs: {},
  params: {
    count: param.integer({ default: 5, min: 0, doc }),
    isKnown: param.boolean({ default: false, doc }),
  },
  outputs: { texts: streamOf(text)(doc) },
  run(_inputs, params) {
    const items: Stream<string> = countUp(params.count);
    const length = params.isKnown ? { length: params.count } : {};
    return { texts: { ...length, [Symbol.asyncIterator]: () => items[Symbol.asyncIterator]() } };
  },
});
const sink = defineNode({
  ...about,
  type: "stream.join",
  isOutput: true,
  inputs: { texts: streamOf(text)(doc) },
  params: { most: param.integer({ default: 1000, doc }) },
  outputs: { text: text(doc) },
  async run(inputs, { most }) {
    const all: string[] = [];
    for await (const item of inputs.texts) if (all.push(item) === most) break;
    return { text: all.join(" ") };
  },
});

export const nodes: readonly AnyNode[] = [
  value,
  count,
  flag,
  split,
  counts,
  upper,
  join,
  repeat,
  concat,
  length,
  twice,
  choose,
  bind,
  pass,
  name,
  source,
  sink,
];
export const registry: Registry = createRegistry(nodes);

type Sketch = Omit<GraphNode, "version">;

export function versioned(sketches: Readonly<Record<string, Sketch>>): Record<string, GraphNode> {
  const entries = Object.entries(sketches).map(([id, node]) => [id, { version: 1, ...node }]);
  return Object.fromEntries(entries);
}

export function graphOf(
  sketches: Readonly<Record<string, Sketch>>,
  graphs?: Readonly<Record<string, Subgraph>>,
): GraphDocument {
  const head = { format: "insightgraph", version: 1, nodes: versioned(sketches) } as const;
  return graphs === undefined ? head : { ...head, graphs };
}

/** A link, as `node.output`; the output `text` may be left out. */
export function from(place: string): Link {
  const [node = "", output = "text"] = place.split(".");
  return { node, output };
}

export const open: RunOptions["open"] = () => Promise.reject(new Error("no models here"));

/** What came of a run, and which nodes ran or came from the store. */
export interface Observed {
  readonly values: RunValues;
  readonly error: EngineError | undefined;
  readonly events: readonly NodeEvent[];
  readonly ran: string[];
  readonly kept: string[];
}

export async function observe(
  graph: GraphDocument,
  options: Partial<RunOptions> = {},
  types: Registry = registry,
): Promise<Observed> {
  const events: NodeEvent[] = [];
  const run = runGraph(graph, types, { open, emit: (event) => events.push(event), ...options });
  const [outcome] = await Promise.allSettled([run]);
  const finished = events.filter((event) => event.type === "node-finished");
  return {
    values: outcome.status === "fulfilled" ? outcome.value : new Map(),
    error: outcome.status === "rejected" ? outcome.reason : undefined,
    events,
    ran: finished.filter(({ cached }) => !cached).map(({ nodeId }) => nodeId),
    kept: finished.filter(({ cached }) => cached).map(({ nodeId }) => nodeId),
  };
}
