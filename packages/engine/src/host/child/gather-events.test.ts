import { expect, test } from "vitest";
import type { NodeEvent } from "../../protocol/run-event.ts";
import { gatherEvents } from "./gather-events.ts";

const started = (nodeId: string): NodeEvent => ({ type: "node-started", nodeId });
const finished = (nodeId: string): NodeEvent => {
  return { type: "node-finished", nodeId, cached: false, ms: 1, previews: {}, digests: {} };
};
const at = (done: number): NodeEvent => ({ type: "node-progressed", nodeId: "a", done, total: 2 });

test("only the end of a node waits, at most until the process turns to something else", async () => {
  const sent: (readonly NodeEvent[])[] = [];
  const { add, flush } = gatherEvents((events) => sent.push(events));
  add(started("a"));
  expect(sent).toEqual([[started("a")]]);
  add(at(1));
  expect(sent).toHaveLength(2);
  add(at(2));
  add(finished("a"));
  expect(sent).toHaveLength(2);
  add(started("b"));
  expect(sent.at(-1)).toEqual([at(2), finished("a"), started("b")]);
  add(finished("b"));
  await new Promise<void>((resolve) => process.nextTick(resolve));
  expect(sent.at(-1)).toEqual([finished("b")]);
  add(finished("c"));
  flush();
  flush();
  expect(sent.at(-1)).toEqual([finished("c")]);
  expect(sent).toHaveLength(5);
});
