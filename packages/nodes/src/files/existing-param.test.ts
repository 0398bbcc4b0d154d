import { readFile } from "node:fs/promises";
import { parseGraph } from "@insightgraph/engine/graph";
import { migrateGraph } from "@insightgraph/engine/node";
import { expect, test } from "vitest";
import { imageSave } from "../image/save.ts";
import { textSave } from "../text/save.ts";

const old = new URL("../../../../test/fixtures/graphs/savers-version-1.json", import.meta.url);

test("savers from before the param go on replacing files, new ones number theirs", async () => {
  const graph = parseGraph(await readFile(old, "utf8"));
  const types = new Map([imageSave, textSave].map((node) => [node.type, node] as const));
  const { nodes } = migrateGraph(graph, types);
  expect(nodes["save"]).toMatchObject({
    version: 2,
    params: { path: "edited.png", quality: 80, existing: "replace" },
  });
  expect(nodes["write"]).toMatchObject({ version: 2, params: { existing: "replace" } });
  for (const { params } of [imageSave, textSave]) {
    expect(params.existing).toMatchObject({ default: "number" });
  }
});
