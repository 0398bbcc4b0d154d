// Prints what running graphs costs on this machine, each figure beside its limit:
// `node --expose-gc --conditions=@insightgraph/source --import tsx test/bench/engine.ts`
import { createMemoryStore } from "../../packages/engine/src/cache.ts";
import { type RunOptions, runGraph } from "../../packages/engine/src/execute.ts";
import {
  type GraphDocument,
  type GraphNode,
  parseGraph,
  setParam,
} from "../../packages/engine/src/graph.ts";
import {
  createRegistry,
  defineNode,
  definePort,
  param,
  streamOf,
} from "../../packages/engine/src/node.ts";
import { planRun } from "../../packages/engine/src/plan.ts";

const number = definePort<number>("number", { hash: String });
const doc = "D.";
const about = { version: 1, title: "T", doc };

const add = defineNode({
  ...about,
  type: "number.add",
  inputs: { number: number.optional(doc) },
  params: { by: param.number({ default: 1, doc }) },
  outputs: { number: number(doc) },
  run: (inputs, { by }) => ({ number: (inputs.number ?? 0) + by }),
});
const count = defineNode({
  ...about,
  type: "stream.count",
  inputs: {},
  params: { end: param.integer({ default: 0, doc }) },
  outputs: { numbers: streamOf(number)(doc) },
  run: (_inputs, { end }) => ({ numbers: countTo(end) }),
});
const sum = defineNode({
  ...about,
  type: "stream.sum",
  isOutput: true,
  inputs: { numbers: streamOf(number)(doc) },
  params: {},
  outputs: { number: number(doc) },
  async run({ numbers }) {
    let [total, seen] = [0, 0];
    for await (const item of numbers) {
      total += item;
      if (++seen % 100_000 === 0) showMemory(seen);
    }
    return { number: total };
  },
});
const registry = createRegistry([add, count, sum]);
const open: RunOptions["open"] = () => Promise.reject(new Error("no models here"));

async function* countTo(end: number): AsyncGenerator<number, void> {
  for (let at = 0; at < end; at++) yield at;
}

/** Nodes in a row, each adding to the one before. */
function chain(length: number): GraphDocument {
  const nodes = Array.from({ length }, (_, at): [string, GraphNode] => {
    const link = { number: { node: `n${at - 1}`, output: "number" } };
    const base = { type: "number.add", version: 1, params: { by: at } };
    return [`n${at}`, at === 0 ? base : { ...base, inputs: link }];
  });
  const graph = { format: "insightgraph", version: 1, nodes: Object.fromEntries(nodes) };
  return parseGraph(JSON.stringify(graph));
}

function show(what: string, value: string, limit: string): void {
  console.log(`${what.padEnd(52)} ${value.padStart(24)}   limit ${limit}`);
}

function milliseconds({ wall, cpu }: Cost): string {
  return `${wall.toFixed(1)} ms (CPU ${cpu.toFixed(1)})`;
}

interface Cost {
  readonly wall: number;
  /** Of all threads; on a busy machine it says more than the clock does. */
  readonly cpu: number;
}

/** The least of several times: what the machine can do when left alone. */
async function fastest(repeats: number, prepare: () => Promise<() => unknown>): Promise<Cost> {
  let best: Cost = { wall: Number.POSITIVE_INFINITY, cpu: Number.POSITIVE_INFINITY };
  for (let round = 0; round < repeats; round++) {
    const task = await prepare();
    const [start, before] = [performance.now(), process.cpuUsage()];
    await task();
    const { user, system } = process.cpuUsage(before);
    const wall = Math.min(best.wall, performance.now() - start);
    best = { wall, cpu: Math.min(best.cpu, (user + system) / 1000) };
  }
  return best;
}

async function timeRuns(): Promise<void> {
  const graph = chain(1000);
  const outputs = ["n999"];
  const fresh = await fastest(40, async () => {
    const store = createMemoryStore({ maxEntries: 20_000 });
    return () => runGraph(graph, registry, { open, outputs, store });
  });
  show("1,000 trivial nodes, first run", milliseconds(fresh), "50 ms");
  const store = createMemoryStore({ maxEntries: 20_000 });
  const again = await fastest(40, async () => () => {
    return runGraph(graph, registry, { open, outputs, store });
  });
  show("1,000 trivial nodes, all kept", milliseconds(again), "10 ms");
}

/** Looking at every node and the node before it: less than that, no plan can do. */
async function timeReading(length: number): Promise<number> {
  const { nodes } = chain(length);
  const cost = await fastest(60, async () => () => {
    let seen = 0;
    for (const node of Object.values(nodes)) {
      const link = node.inputs?.["number"];
      if (link !== undefined) seen += nodes[link.node]?.version ?? 0;
    }
    return seen;
  });
  return cost.wall;
}

/** Plans a graph, finds its keys and looks up what is kept, so many times. */
function keptRuns(graph: GraphDocument, repeats: number): () => Promise<void> {
  const outputs = [`n${Object.keys(graph.nodes).length - 1}`];
  const store = createMemoryStore({ maxEntries: 20_000 });
  return async () => {
    for (let at = 0; at < repeats; at++) await runGraph(graph, registry, { open, outputs, store });
  };
}

async function cpuOf(task: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await task();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

/** How much more a kept run of 10,000 nodes costs than one of 1,000; the garbage that both leave counts. */
async function growthOfKept(): Promise<number> {
  const [ten, one] = [keptRuns(chain(1000), 10), keptRuns(chain(10_000), 1)];
  const ratios: number[] = [];
  for (let round = 0; round < 41; round++) {
    const small = await cpuOf(ten);
    ratios.push((10 * (await cpuOf(one))) / small);
  }
  return ratios.sort((a, b) => a - b)[20] ?? Number.NaN;
}

async function timePlanning(): Promise<void> {
  for (const length of [1000, 10_000]) {
    const graph = chain(length);
    const outputs = [`n${length - 1}`];
    const plan = await fastest(20, async () => () => planRun(graph, registry, { outputs }));
    show(`${length} nodes, planning alone`, milliseconds(plan), "none");
  }
  const [few, many] = [await timeReading(1000), await timeReading(10_000)];
  const times = (ratio: number): string => `${ratio.toFixed(1)} x`;
  show("10,000 nodes beside 1,000, reading each link", times(many / few), "a peer");
  show("10,000 nodes beside 1,000, planning and keys", times(await growthOfKept()), "12 x");
}

async function countRuns(): Promise<void> {
  const store = createMemoryStore({ maxEntries: 20_000 });
  const outputs = ["n999"];
  const graph = chain(1000);
  await runGraph(graph, registry, { open, outputs, store });
  let ran = 0;
  const changed = setParam(graph, "n500", "by", -1);
  await runGraph(changed, registry, {
    ...{ open, outputs, store },
    emit: (event) => void (event.type === "node-finished" && !event.cached && ran++),
  });
  show("nodes run when the 501st of 1,000 changes", String(ran), "500 exactly");
}

let firstHeap: number | undefined;

function showMemory(seen: number): void {
  globalThis.gc?.();
  const heap = process.memoryUsage().heapUsed / 1024 ** 2;
  firstHeap ??= heap;
  const grown = `${(heap - firstHeap).toFixed(1)} MiB`;
  if (seen > 100_000) show(`heap grown from 100,000 to ${seen} items`, grown, "flat");
}

async function streamItems(end: number): Promise<void> {
  const graph: GraphDocument = {
    format: "insightgraph",
    version: 1,
    nodes: {
      source: { type: "stream.count", version: 1, params: { end } },
      each: {
        type: "number.add",
        version: 1,
        inputs: { number: { node: "source", output: "numbers" } },
      },
      total: {
        type: "stream.sum",
        version: 1,
        inputs: { numbers: { node: "each", output: "number" } },
      },
    },
  };
  const start = performance.now();
  const values = await runGraph(graph, registry, { open, emit: () => {} });
  const each = ((performance.now() - start) * 1000) / end;
  const total = values.get("total")?.["number"];
  if (total !== (end * (end + 1)) / 2) throw new Error(`the sum is wrong: ${String(total)}`);
  show(`an item of ${end} through a mapped node`, `${each.toFixed(1)} us`, "none");
}

await timeRuns();
await timePlanning();
await countRuns();
await streamItems(Number(process.argv[2] ?? 1_000_000));
