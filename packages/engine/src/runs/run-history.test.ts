import { expect, test } from "vitest";
import type { RunEvent } from "../protocol/run-event.ts";
import { createRunHistory } from "./run-history.ts";

const preview = { kind: "text", text: "half a picture" } as const;
const at = (done: number): RunEvent => ({ type: "node-progressed", nodeId: "a", done, total: 9 });

function historyOf(...events: readonly RunEvent[]): readonly RunEvent[] {
  const history = createRunHistory();
  for (const event of events) history.add(event);
  return history.events();
}

test("of a node the latest event of each type stays, in order", () => {
  const started: RunEvent = { type: "node-started", nodeId: "a" };
  const other: RunEvent = { type: "node-started", nodeId: "b" };
  const failed: RunEvent = {
    type: "node-failed",
    nodeId: "a",
    error: { code: "node.failed", what: "no", hint: "h" },
  };
  const ending: RunEvent = { type: "run-cancelled" };
  expect(historyOf(started, at(1), at(2), other, at(3), failed, ending)).toEqual([
    ...[started, other, at(3), failed, ending],
  ]);
});

test("progress without a preview keeps the last preview", () => {
  expect(historyOf({ ...at(1), preview } as RunEvent, at(2))).toEqual([{ ...at(2), preview }]);
});
