import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Mask, Picture } from "@insightgraph/editing/pictures";
import { runGraph } from "@insightgraph/engine/execute";
import { parseGraph, setParam } from "@insightgraph/engine/graph";
import { createRegistry } from "@insightgraph/engine/node";
import { createSessionPool } from "@insightgraph/engine/runtime";
import { nodes } from "@insightgraph/nodes";
import { afterAll, expect, test } from "vitest";
import { graphsDir } from "./places.ts";

const registry = createRegistry(nodes);
const pool = createSessionPool({ threads: 1 });
afterAll(() => pool.close());

const graph = parseGraph(await readFile(path.join(graphsDir, "edit-photograph.json"), "utf8"));

/** What the graph makes of its own photograph of a cup, and the nodes that ran. */
async function edited(instruction: string) {
  const sample = path.join(graphsDir, "samples/coffee.jpg");
  const placed = setParam(graph, "source", "path", sample);
  const ran: string[] = [];
  const values = await runGraph(
    setParam(placed, "instruction", "instruction", instruction),
    registry,
    {
      outputs: ["result", "segment", "source"],
      open: (model) => pool.open(model),
      emit(event) {
        if (event.type === "node-finished") ran.push(event.nodeId);
      },
    },
  );
  return {
    ran,
    before: values.get("source")?.["image"] as Picture,
    after: values.get("result")?.["value"] as Picture,
    mask: values.get("segment")?.["mask"] as Mask,
  };
}

/** How many pixels of a mask's value differ. */
function changed({ before, after, mask }: Awaited<ReturnType<typeof edited>>, value: number) {
  return mask.data.reduce((count, selected, at) => {
    const differs = [0, 1, 2].some((c) => before.data[3 * at + c] !== after.data[3 * at + c]);
    return count + (selected === value && differs ? 1 : 0);
  }, 0);
}

test("a cup is recoloured, and no pixel outside of it changes", async () => {
  const result = await edited("make the mug green");
  expect(changed(result, 255)).toBeGreaterThan(10_000);
  expect(changed(result, 0)).toBe(0);
  expect(result.ran).not.toContain("remove");
});

test("the background is greyed, and no pixel of the cup changes", async () => {
  const result = await edited("make the background of the cup grey");
  expect(changed(result, 0)).toBeGreaterThan(100_000);
  expect(changed(result, 255)).toBe(0);
});

test("a cup is removed, and the corners stay as they are", async () => {
  const { before, after, ran } = await edited("remove the cup");
  expect(ran).toContain("remove");
  const corner = 3 * 600 * 5;
  expect(after.data.subarray(0, corner)).toEqual(before.data.subarray(0, corner));
  expect(after.data).not.toEqual(before.data);
});
