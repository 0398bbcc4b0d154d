import { expect, test } from "vitest";
import type { GraphDocument } from "./document.ts";
import { bypassNode, setParam } from "./edit-graph.ts";

const graph: GraphDocument = {
  format: "insightgraph",
  version: 1,
  nodes: { words: { type: "text.value", version: 1, params: { text: "a" } } },
};

test("an edit makes a new graph and leaves the old one as it was", () => {
  const edited = bypassNode(setParam(graph, "words", "text", "b"), "words");
  expect(edited.nodes["words"]).toMatchObject({ params: { text: "b" }, bypassed: true });
  expect(graph.nodes["words"]).toEqual({ type: "text.value", version: 1, params: { text: "a" } });
});

test("a node that is not there is named, with the nearest one", () => {
  expect(() => setParam(graph, "word", "text", "b")).toThrow(
    'graph.unknown-node at word: the graph has no node "word". Hint: Did you mean "words"?',
  );
});
