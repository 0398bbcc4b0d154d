import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { loadGraph } from "../packages/app/src/load-graph.ts";
import { expandAxes, validateAblation } from "../packages/engine/src/graph.ts";
import { createRegistry } from "../packages/engine/src/node.ts";
import { nodes } from "../packages/nodes/src/index.ts";
import { instructionsAblation } from "./instructions-ablation.ts";

test("the graph of the instructions' ablation is that of the components with two checkpoints", async () => {
  const file = new URL("../graphs/ablation-components.json", import.meta.url);
  const graph = instructionsAblation(await loadGraph(fileURLToPath(file)));
  expect(validateAblation(graph, createRegistry(nodes).catalogue)).toEqual([]);
  const { ablation } = graph;
  const cells = ablation === undefined ? [] : expandAxes(ablation);
  expect(cells.map(({ changes }) => changes[0]?.params?.["checkpoint"])).toEqual([
    "insightedit-nano",
    "insightedit-nano-simple-only",
  ]);
});
