import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { type Box, grown, overlaps, placeOf } from "../../packages/editor-ui/src/document/boxes.ts";
import {
  readableZoom,
  smallestFit,
  viewOf,
} from "../../packages/editor-ui/src/document/first-view.ts";
import { nodeSize } from "../../packages/editor-ui/src/document/measures.ts";
import { parseGraph } from "../../packages/engine/src/graph.ts";
import { createRegistry } from "../../packages/engine/src/node.ts";
import { nodes } from "../../packages/nodes/src/index.ts";

const { catalogue } = createRegistry(nodes);
/** Of the canvas in a window of 1440 x 900 px, with inspector and runs open. */
const canvas = { width: 1072, height: 724 };

/** Where the nodes of a graph that ships lie, with room for the pictures that a run gives them. */
function boxesOf(id: string): ReadonlyMap<string, Box> {
  const file = fileURLToPath(new URL(`../../graphs/${id}.json`, import.meta.url));
  const graph = parseGraph(readFileSync(file, "utf8"));
  const boxes = Object.entries(graph.nodes).map(([name, node]) => {
    return [name, { ...placeOf(graph, name), ...nodeSize(node, catalogue) }] as const;
  });
  return new Map(boxes);
}

test.each([
  ["insightedit", readableZoom],
  ["edit-photograph", smallestFit],
])("%s, which a person's own picture opens in, is whole from a zoom of %f on", (id, least) => {
  const { zoom = 0 } = viewOf(boxesOf(id), canvas, 0) ?? {};
  expect(zoom).toBeGreaterThanOrEqual(least);
});

test.each(["insightedit", "edit-photograph"])(
  "no node of %s covers another, with all its pictures",
  (id) => {
    const boxes = [...boxesOf(id).entries()];
    const covered = boxes.flatMap(([name, box], at) =>
      boxes
        .slice(at + 1)
        .filter(([, other]) => overlaps(grown(box, -1), other))
        .map(([other]) => `${name} ${other}`),
    );
    expect(covered).toEqual([]);
  },
);
