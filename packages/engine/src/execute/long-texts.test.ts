import { expect, test } from "vitest";
import { defineNode } from "../node/define-node.ts";
import { param } from "../node/param.ts";
import { createRegistry } from "../node/registry.ts";
import type { NodeEvent } from "../protocol/run-event.ts";
import { about, doc, text } from "./run.fixture.ts";
import { runGraph } from "./run-graph.ts";

const long = "x".repeat(1_000_000);

const talk = defineNode({
  ...about,
  type: "text.talk",
  isOutput: true,
  inputs: {},
  params: { isFailing: param.boolean({ default: false, doc }) },
  outputs: { text: text(doc) },
  run(_inputs, { isFailing }, { log, progress }) {
    log(long);
    progress(1, 2, long);
    if (isFailing) throw new Error(long);
    return { text: long };
  },
});
const registry = createRegistry([talk]);

function talking(isFailing: boolean) {
  const a = { type: "text.talk", version: 1, params: { isFailing } };
  return { format: "insightgraph", version: 1, nodes: { a } } as const;
}

test.each([false, true])(
  "no event carries a text of any length (failing: %s)",
  async (isFailing) => {
    const events: NodeEvent[] = [];
    const run = runGraph(talking(isFailing), registry, {
      emit: (event) => events.push(event),
      open: () => Promise.reject(new Error("no networks here")),
    });
    await run.catch(() => {});
    expect(events.map(({ type }) => type)).toContain(isFailing ? "node-failed" : "node-finished");
    for (const event of events) expect(JSON.stringify(event).length).toBeLessThan(260_000);
  },
);
