import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createRegistry } from "@insightgraph/engine/node";
import { nodes } from "@insightgraph/nodes";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sweepUnfinished } from "./sweep-unfinished.ts";

const { catalogue } = createRegistry(nodes);
const save = { type: "text.save", version: 2, params: { path: "a (1).txt" } };
const graph = { format: "insightgraph", version: 1, nodes: { save } } as const;

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "insightgraph-sweep-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("what a killed process left of a graph's files is removed, and nothing else", async () => {
  const left = [
    ".a (1).txt.0123abcd.tmp",
    ".a (1)-2.txt.0123abcd.tmp",
    ".a (1)-2-3.txt.0123abcd.tmp",
  ];
  const others = [
    "a (1).txt",
    ".a (1).txt",
    ".b.txt.0123abcd.tmp",
    ".a (1).txt.tmp",
    ".aa1.txt.0123abcd.tmp",
  ];
  for (const name of [...left, ...others]) {
    await writeFile(path.join(folder, name), "");
    await utimes(path.join(folder, name), 1, 1);
  }
  const fresh = ".a (1).txt.89abcdef.tmp";
  await writeFile(path.join(folder, fresh), "");
  await sweepUnfinished(graph, catalogue, folder);
  expect((await readdir(folder)).sort()).toEqual([...others, fresh].sort());
});

test("a folder that is not there is no fault", async () => {
  await sweepUnfinished(graph, catalogue, path.join(folder, "none"));
});
