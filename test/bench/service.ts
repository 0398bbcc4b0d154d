// Prints what the server costs on this machine, each figure beside its limit; build first, then
// `node --experimental-websocket --conditions=@insightgraph/source --import tsx test/bench/service.ts`
import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { image } from "../../packages/nodes/src/ports.ts";

const command = fileURLToPath(new URL("../../packages/app/dist/insightgraph.js", import.meta.url));
const self = fileURLToPath(import.meta.url);

/** Milliseconds that all processes of this machine agree on. */
const clock = (): number => performance.timeOrigin + performance.now();

/** Nodes that say when, keep the processor busy, and never end. */
const nodes = `
import { defineNode, param } from "@insightgraph/engine/node";
import { text } from "@insightgraph/nodes/ports";
const about = { version: 1, title: "T", doc: "D.", inputs: {}, isOutput: true, cacheable: false };
const busy = (ms) => { const end = performance.now() + ms; while (performance.now() < end); };
export const ticks = defineNode({ ...about, type: "bench.ticks", outputs: { text: text("T.") },
  params: { count: param.integer({ default: 100, doc: "D." }) },
  async run(_, { count }, { log }) {
    for (let at = 0; at < count; at++) {
      busy(20);
      log(String(performance.timeOrigin + performance.now()));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    return { text: "done" };
  } });
export const spin = defineNode({ ...about, type: "bench.spin", params: {},
  outputs: { text: text("T.") }, run: () => { for (;;); } });
`;

function show(what: string, value: number, unit: string, limit: string): void {
  console.log(`${what.padEnd(63)} ${value.toFixed(1).padStart(8)} ${unit}   limit ${limit}`);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

interface Message {
  readonly type: string;
  readonly runId?: string;
  readonly text?: string;
}

async function openPage(address: string): Promise<WebSocket> {
  const page = new WebSocket(address.replace("http", "ws"));
  await heard(page, "welcome");
  return page;
}

/** Calls a listener with each message of a page. @returns stops */
function listen(page: WebSocket, listener: (message: Message) => void): () => void {
  const hear = ({ data }: MessageEvent): void => {
    // Pictures come as binary frames.
    if (typeof data === "string") listener(JSON.parse(data) as Message);
  };
  page.addEventListener("message", hear);
  return () => page.removeEventListener("message", hear);
}

/** Hears the next message of a type. */
function heard(page: WebSocket, type: string): Promise<Message> {
  return new Promise((resolve) => {
    const stop = listen(page, (message) => {
      if (message.type !== type) return;
      stop();
      resolve(message);
    });
  });
}

function run(page: WebSocket, nodeType: string, params: object): void {
  const graph = {
    ...{ format: "insightgraph", version: 1 },
    nodes: { a: { type: nodeType, version: 1, params } },
  };
  page.send(JSON.stringify({ type: "run", requestId: String(clock()), graph }));
}

/** A preview of a picture of 1024 x 1024 pixels crosses to another process as it does in a run. */
async function crossing(): Promise<void> {
  const child = fork(self, ["child"], { serialization: "advanced" });
  const times: number[] = [];
  child.on("message", ({ sentMs }: { sentMs: number }) => {
    times.push(clock() - sentMs);
    child.send("next");
  });
  await once(child, "exit");
  const what = "crossing the process boundary, per 1024 x 1024 picture";
  show(`${what}, median`, quantile(times, 0.5), "ms", "5");
  show(`${what}, p95`, quantile(times, 0.95), "ms", "5");
}

async function sendPreviews(): Promise<void> {
  const data = Uint8Array.from({ length: 1024 * 1024 * 3 }, (_, at) => (at * at) % 251);
  const preview = await image.preview?.({ width: 1024, height: 1024, channels: 3, data });
  for (let turn = 0; turn < 200; turn++) {
    process.send?.({ sentMs: clock(), type: "node-finished", previews: { image: preview } });
    await once(process, "message");
  }
  process.exit();
}

/** What pages and `/health` see while a graph keeps the execution process busy. */
async function duringRun(address: string, pages: readonly WebSocket[]): Promise<void> {
  const [first] = pages;
  if (first === undefined) throw new Error("no page is open");
  const latencies: number[] = [];
  const stops = pages.map((page) =>
    listen(page, ({ type, text }) => {
      if (type === "node-logged") latencies.push(clock() - Number(text));
    }),
  );
  const over = pages.map((page) => heard(page, "run-finished"));
  run(first, "bench.ticks", { count: 100 });
  const health: number[] = [];
  let isOver = false;
  void Promise.all(over).then(() => {
    isOver = true;
  });
  while (!isOver) {
    const startMs = clock();
    await (await fetch(`${address}/health`)).text();
    health.push(clock() - startMs);
    await setTimeout(10);
  }
  for (const stop of stops) stop();
  const watchers = pages.length === 1 ? "one page" : `${pages.length} pages`;
  const limit = pages.length === 1 ? "20" : "none";
  show(`event, engine to socket, ${watchers}, median`, quantile(latencies, 0.5), "ms", limit);
  show(`event, engine to socket, ${watchers}, p95`, quantile(latencies, 0.95), "ms", limit);
  show(`/health during a run, ${watchers}, median`, quantile(health, 0.5), "ms", "50");
  show(`/health during a run, ${watchers}, p99`, quantile(health, 0.99), "ms", "50");
}

/** A node that never returns is cancelled; the next run works. */
async function cancelling(page: WebSocket): Promise<void> {
  const times: number[] = [];
  for (let turn = 0; turn < 5; turn++) {
    const started = heard(page, "node-started");
    run(page, "bench.spin", {});
    const { runId } = await started;
    const ended = heard(page, "run-cancelled");
    const startMs = clock();
    page.send(JSON.stringify({ type: "cancel", runId }));
    await ended;
    times.push(clock() - startMs);
  }
  show("cancel of an endless node, slowest of 5", Math.max(...times), "ms", "1000");
}

async function memoryOf({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/VmRSS:\s*(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
}

if (process.argv[2] === "child") await sendPreviews();
await crossing();
const folder = await mkdtemp(path.join(tmpdir(), "insightgraph-service-"));
await writeFile(path.join(folder, "nodes.mjs"), nodes);
await writeFile(
  path.join(folder, "empty.json"),
  '{"format":"insightgraph","version":1,"nodes":{}}',
);
const server = spawn(
  process.execPath,
  [command, "serve", "empty.json", "--port", "0", "--nodes", "nodes.mjs"],
  {
    cwd: folder,
    env: { ...process.env, INIT_CWD: folder, INSIGHTGRAPH_DATA: path.join(folder, "data") },
    stdio: ["ignore", "pipe", "ignore"],
  },
);
const [said] = await once(server.stdout, "data");
const address = /http:\/\/[^/\s]+/.exec(String(said))?.[0] ?? "";
const pages = [await openPage(address)];
await duringRun(address, pages);
while (pages.length < 200) pages.push(await openPage(address));
await duringRun(address, pages);
await cancelling(await openPage(address));
const beforeMb = await memoryOf(server);
while (pages.length < 1000) pages.push(await openPage(address));
show(
  "memory of the server for 800 more idle pages",
  (await memoryOf(server)) - beforeMb,
  "MB",
  "none",
);
server.kill("SIGTERM");
await once(server, "exit");
await rm(folder, { recursive: true });
process.exit();
