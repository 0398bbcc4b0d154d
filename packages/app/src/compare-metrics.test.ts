import { readFile } from "node:fs/promises";
import path from "node:path";
import { createMemoryStore } from "@insightgraph/engine/cache";
import { runGraph } from "@insightgraph/engine/execute";
import { parseGraph, setParam } from "@insightgraph/engine/graph";
import { createRegistry } from "@insightgraph/engine/node";
import { createSessionPool } from "@insightgraph/engine/runtime";
import { nodes } from "@insightgraph/nodes";
import { afterAll, expect, test } from "vitest";
import { graphsDir } from "./places.ts";

const registry = createRegistry(nodes);
const pool = createSessionPool({ threads: 1 });
const store = createMemoryStore();
afterAll(() => pool.close());

/** Runs the graph over so many scenes; gives its table and what ran. */
async function compare(count: number) {
  const text = await readFile(path.join(graphsDir, "compare-metrics.json"), "utf8");
  const ran: string[] = [];
  const values = await runGraph(setParam(parseGraph(text), "seeds", "count", count), registry, {
    outputs: ["table"],
    open: (model) => pool.open(model),
    store,
    emit(event) {
      if (event.type === "node-finished" && !event.cached) ran.push(event.nodeId);
    },
  });
  return { table: String(values.get("table")?.["text"]), ran };
}

test("graphs/compare-metrics.json scores two variants on the same scenes", async () => {
  const { table } = await compare(3);
  const rows = table.split("\n").filter((line) => line.startsWith("| ") && line.includes("n = "));
  const cells = rows.map((row) => row.split("|").map((cell) => Number.parseFloat(cell)));
  expect(rows).toHaveLength(3);
  // A difference of means is the mean of differences, up to the digits shown.
  for (const [, , full = 0, without = 0, difference = 0] of cells) {
    expect(difference).toBeCloseTo(full - without, 1);
  }
  // PSNR inside the edit: the image branch draws most of it.
  expect(cells[0]?.[4]).toBeGreaterThan(1);
});

test("graphs/compare-metrics.json runs nothing twice", async () => {
  await compare(3);
  expect((await compare(3)).ran).toEqual([]);
});
