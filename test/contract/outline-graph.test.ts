import { expect, test } from "vitest";
import { outlineGraph, segmentersIn } from "../../packages/editor-ui/src/document/outline-graph.ts";
import { validateGraph } from "../../packages/engine/src/graph.ts";
import { createRegistry } from "../../packages/engine/src/node.ts";
import { nodes } from "../../packages/nodes/src/index.ts";

const { catalogue } = createRegistry(nodes);
const opener = { type: "image.load", version: 1, params: { path: "samples/scene.png" } };

test("every node that gives a segmenter by itself is offered, once for each of its checkpoints", () => {
  const labels = segmentersIn(catalogue, ["slim", "base"]).map(({ label }) => label);
  expect(labels).toEqual([
    "GrabCut",
    "Segment Anything · slim",
    "Segment Anything · base",
    "ISNet",
  ]);
});

test.each(segmentersIn(catalogue, ["slim"]))(
  "the graph that finds outlines with $label is valid",
  (segmenter) => {
    for (const place of [
      [4, 5],
      [1, 2, 30, 40],
    ]) {
      const graph = outlineGraph(catalogue, opener, segmenter, place);
      expect(graph && validateGraph(graph, catalogue)).toEqual([]);
    }
  },
);
