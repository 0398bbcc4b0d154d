import { expect, test } from "vitest";
import { moveNodes, setParam } from "./edits.ts";
import { exampleGraph } from "./example.fixture.ts";
import { applyEdit, createHistory, endStep, redo, undo } from "./history.ts";

const steps = (history: ReturnType<typeof createHistory>) =>
  history.present.nodes["sample"]?.params?.["steps"];

test("undo and redo walk through the states", () => {
  const first = applyEdit(createHistory(exampleGraph), setParam("sample", "steps", 5));
  const second = applyEdit(first, setParam("sample", "steps", 6));
  expect(steps(undo(second))).toBe(5);
  expect(undo(undo(second)).present).toBe(exampleGraph);
  expect(steps(redo(undo(second)))).toBe(6);
});

test("there is nothing before the first state and nothing after the last", () => {
  const history = createHistory(exampleGraph);
  expect(undo(history).present).toBe(exampleGraph);
  expect(redo(history).present).toBe(exampleGraph);
});

test("typing into one field is one step, until the field is left", () => {
  let history = createHistory(exampleGraph);
  for (const value of [1, 12, 120]) {
    history = applyEdit(history, setParam("sample", "steps", value), "sample steps");
  }
  expect(history.past).toHaveLength(1);
  history = applyEdit(endStep(history), setParam("sample", "steps", 9), "sample steps");
  expect(steps(undo(history))).toBe(120);
});

test("an edit after undo forgets the undone future", () => {
  const edited = applyEdit(createHistory(exampleGraph), setParam("sample", "steps", 5));
  const other = applyEdit(undo(edited), setParam("sample", "steps", 8));
  expect(redo(other)).toEqual(other);
});

test("an edit that changes nothing is no step", () => {
  const history = createHistory(exampleGraph);
  expect(applyEdit(history, moveNodes({ gone: { x: 0, y: 0 } }))).toBe(history);
});
