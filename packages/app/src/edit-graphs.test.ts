import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseGraph } from "@insightgraph/engine/graph";
import { nodes } from "@insightgraph/nodes";
import { describe, expect, test } from "vitest";
import { checkOptions, editGraphFor } from "./edit-graphs.ts";
import { graphsDir } from "./places.ts";

const tiny = new URL("../../../test/fixtures/checkpoints/tiny-instruct-pix2pix", import.meta.url);
const ways = [
  ["insightedit.json", undefined],
  ["insightedit.json", "insightedit-mini"],
  ["insightedit.json", "no-such-model"],
  ["instruct-pix2pix.json", `dir:${fileURLToPath(tiny)}`],
] as const;

describe("edit", () => {
  test.each(ways)("goes through %s with %s, whose nodes take its options", async (file, model) => {
    const way = await editGraphFor(model);
    expect(way.file).toBe(file);
    const graph = parseGraph(await readFile(path.join(graphsDir, file), "utf8"));
    for (const [ids, param] of Object.values(way.targets)) {
      for (const id of ids) {
        const type = graph.nodes[id]?.type;
        expect(Object.keys(nodes.find((node) => node.type === type)?.params ?? {})).toContain(
          param,
        );
      }
    }
    for (const id of ["source", "instruction", "save"]) expect(graph.nodes).toHaveProperty([id]);
  });

  test("refuses options that a model does not support", async () => {
    const [mini, tinyWay] = [await editGraphFor(undefined), await editGraphFor(ways[3][1])];
    checkOptions(mini, ["seed", "iaa-scale", "no-iaa"]);
    checkOptions(tinyWay, ["seed", "model"]);
    expect(() => checkOptions(tinyWay, ["iaa-scale"])).toThrow("does not support --iaa-scale");
    expect(() => checkOptions(tinyWay, ["no-iaa"])).toThrow("does not support --no-iaa");
  });
});
