import { expect, test } from "vitest";
import type { RunEvent, SequencedEvent } from "../protocol/run-event.ts";
import { createRunHistory } from "./run-history.ts";

const preview = { kind: "text", text: "half a picture" } as const;
const at = (done: number): RunEvent => ({ type: "node-progressed", nodeId: "a", done, total: 9 });

function historyOf(...events: readonly RunEvent[]): readonly SequencedEvent[] {
  const history = createRunHistory(100);
  for (const event of events) history.add(event);
  return history.events();
}

test("of a node the latest event of each type stays, in order, with its number", () => {
  const started: RunEvent = { type: "node-started", nodeId: "a" };
  const other: RunEvent = { type: "node-started", nodeId: "b" };
  const ending: RunEvent = { type: "run-cancelled" };
  expect(historyOf(started, at(1), at(2), other, at(3), ending)).toEqual([
    { ...started, seq: 101 },
    { ...other, seq: 104 },
    { ...at(3), seq: 105 },
    { ...ending, seq: 106 },
  ]);
});

test("progress without a preview keeps the last preview", () => {
  const shown = { ...at(1), preview } as RunEvent;
  expect(historyOf(shown, at(2))).toEqual([{ ...at(2), preview, seq: 102 }]);
});
