import { setTimeout } from "node:timers/promises";
import type { GraphDocument } from "../graph/document.ts";
import { defineNode } from "../node/define-node.ts";
import { definePort } from "../node/define-port.ts";
import { param } from "../node/param.ts";
import { createRegistry, type Registry } from "../node/registry.ts";

const text = definePort<string>("text", {
  hash: (value) => value,
  preview: (value) => ({ kind: "text", text: value }),
});
const doc = "D.";

/** Ends the process in V8's own way. */
function fillHeap(): never {
  const kept: unknown[] = [];
  for (;;) kept.push(Array.from({ length: 10_000 }, () => ({})));
}

/** Takes 64 MB a turn, outside the heap. */
async function fillMemory(signal: AbortSignal): Promise<never> {
  const kept: Buffer[] = [];
  for (;;) {
    kept.push(Buffer.alloc(64 * 1024 ** 2, kept.length + 1));
    await setTimeout(100, undefined, { signal });
  }
}

/** Answers in one of several ways; `pid` gives the id of the process that does. */
const answer = defineNode({
  type: "test.answer",
  version: 1,
  title: "Answer",
  doc,
  isOutput: true,
  inputs: {},
  params: {
    how: param.choice({
      options: ["pid", "fail", "crash", "exit", "wait", "hang", "spin", "heap", "memory"],
      default: "pid",
      doc,
    }),
    name: param.text({ default: "", doc: "Tells apart nodes that would otherwise run once." }),
  },
  outputs: { text: text(doc) },
  async run(_inputs, { how }, { signal, progress, log }) {
    progress(0, 1);
    if (how === "fail") throw new RangeError("asked to fail");
    if (how === "crash") process.abort();
    if (how === "exit") process.exit(7);
    if (how === "hang") {
      // A native call that never returns looks like this to the event loop.
      await new Promise((resolve) => setImmediate(resolve));
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    }
    if (how === "spin") for (;;);
    if (how === "heap") fillHeap();
    if (how === "memory") await fillMemory(signal);
    if (how === "wait") {
      await new Promise((_resolve, reject) => {
        const clock = setInterval(() => {}, 1000);
        signal.addEventListener("abort", () => {
          clearInterval(clock);
          reject(signal.reason);
        });
      });
    }
    log("answering");
    return { text: String(process.pid) };
  },
});

/** Its first version had another name for its param. */
const grown = defineNode({
  type: "test.grown",
  version: 2,
  title: "Grown",
  doc,
  inputs: {},
  params: { words: param.text({ default: "", doc }) },
  outputs: { text: text(doc) },
  migrate: {
    1: ({ params = {}, ...node }) => ({ ...node, params: { words: params["says"] ?? "" } }),
  },
  run: (_inputs, { words }) => ({ text: words }),
});

/** Nodes that end in all the ways in which a node can end. */
export const answerRegistry: Registry = createRegistry([answer, grown]);

/** A graph of one `test.answer` node, named `a`; `name` tells apart those that would otherwise run once. */
export function answerGraph(how: string, name = ""): GraphDocument {
  const node = { type: "test.answer", version: 1, params: name === "" ? { how } : { how, name } };
  return { format: "insightgraph", version: 1, nodes: { a: node } };
}
