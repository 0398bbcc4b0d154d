import { parseGraph, stringifyGraph } from "@insightgraph/engine/graph";
import { produce } from "immer";
import { expect, test } from "vitest";
import { exampleGraph } from "./example.fixture.ts";
import { createMarkId, type Mark, markOf, marksOf, putMark, removeMark } from "./marks.ts";

const box = { x: 10, y: 20, width: 300, height: 200 };
const frame: Mark = { kind: "frame", id: "frame", title: "Encode", colour: "latent", ...box };
const note: Mark = { kind: "note", id: "note", text: "# Why", ...box };

test("frames and notes live in the graph file and come back from it", () => {
  const marked = [putMark(frame), putMark(note)].reduce(
    (graph, edit) => produce(graph, edit),
    exampleGraph,
  );
  const again = parseGraph(stringifyGraph(marked));
  expect(marksOf(again.ui)).toEqual([frame, note]);
  expect(createMarkId(again, "note")).toBe("note-2");
  expect(marksOf(produce(again, removeMark(note)).ui)).toEqual([frame]);
});

test("a mark that is put again is changed, to whole pixels", () => {
  const marked = produce(exampleGraph, putMark(note));
  const moved = produce(marked, putMark({ ...note, x: 1.6, text: "b" }));
  expect(markOf(moved, note)).toEqual({ ...note, x: 2, text: "b" });
});

test("what a file says of frames and notes that makes no sense does no harm", () => {
  const ui = {
    frames: { a: { title: 3, colour: "pink", x: 1e99, width: -4 }, b: null, c: "frame" },
    notes: [1, 2],
  };
  expect(marksOf(ui)).toEqual([
    { kind: "frame", id: "a", title: "", colour: "model", x: 1e6, y: 0, width: 48, height: 48 },
  ]);
  expect(produce({ ...exampleGraph, ui }, removeMark(note)).ui).toEqual(ui);
  expect(marksOf(produce({ ...exampleGraph, ui }, putMark(note)).ui)).toHaveLength(2);
});
