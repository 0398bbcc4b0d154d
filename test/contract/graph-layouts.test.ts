import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { type Box, overlaps } from "../../packages/editor-ui/src/document/boxes.ts";
import { readableZoom, startOf, viewOf } from "../../packages/editor-ui/src/document/first-view.ts";
import { nodeSize } from "../../packages/editor-ui/src/document/measures.ts";
import {
  catalogueFor,
  type GraphDocument,
  parseGraph,
  resolveGraphFiles,
} from "../../packages/engine/src/graph.ts";
import { createRegistry } from "../../packages/engine/src/node.ts";
import { nodes } from "../../packages/nodes/src/index.ts";

const { catalogue: known } = createRegistry(nodes);
const folder = fileURLToPath(new URL("../../graphs/", import.meta.url));
const files = (await readdir(folder)).filter((name) => name.endsWith(".json"));
/** The canvas of a page of 1440 x 900 px. */
const canvas = { width: 1072, height: 722 };

const read = async (file: string): Promise<GraphDocument> =>
  parseGraph(await readFile(path.join(folder, file), "utf8"));

test.each(files)(
  "%s can be read when it opens: nodes lie apart, the first one in sight",
  async (file) => {
    const graph = await resolveGraphFiles(await read(file), read);
    const catalogue = catalogueFor(graph, known);
    const boxes = new Map<string, Box>(
      Object.entries(graph.nodes).map(([id, node]) => {
        const { x, y } = node.ui as { x: number; y: number };
        return [id, { x, y, ...nodeSize(node, catalogue) }];
      }),
    );
    const covered = [...boxes].flatMap(([id, box], at) =>
      [...boxes]
        .slice(at + 1)
        .flatMap(([other, own]) => (overlaps(box, own) ? [`${id}, ${other}`] : [])),
    );
    expect(covered).toEqual([]);

    const start = startOf(graph, catalogue) ?? [...boxes.keys()][0] ?? "";
    const view = viewOf(boxes, canvas, readableZoom, start);
    const box = boxes.get(start);
    if (view === undefined || box === undefined) throw new Error("the graph has no nodes");
    const shown = { x: -view.x / view.zoom, y: -view.y / view.zoom };
    expect(box.x).toBeGreaterThanOrEqual(shown.x);
    expect(box.y).toBeGreaterThanOrEqual(shown.y);
    expect(box.x + box.width).toBeLessThanOrEqual(shown.x + canvas.width / view.zoom);
    expect(box.y + box.height).toBeLessThanOrEqual(shown.y + canvas.height / view.zoom);
  },
);
