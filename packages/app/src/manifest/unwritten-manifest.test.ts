import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { createCommandLine } from "../command-line.fixture.ts";

const commandLine = await createCommandLine();
const { folder, run: insightgraph } = commandLine;
afterAll(() => commandLine.remove());

test("a run whose manifest cannot be written is done, and says so", async () => {
  const words = { type: "text.value", version: 1, params: { text: "hello" } };
  const graph = { format: "insightgraph", version: 1, nodes: { words } };
  const outputs = { answer: { node: "words", output: "text" } };
  await writeFile(path.join(folder, "words.json"), JSON.stringify({ ...graph, outputs }));
  await mkdir(path.join(folder, "data"));
  // Where the folder of the manifests should be.
  await writeFile(path.join(folder, "data/runs"), "");
  const { code, out, errors } = await insightgraph("run", "words.json");
  expect([code, out]).toEqual([0, "answer: hello\n"]);
  expect(errors).toContain("the manifest is not written");
});
