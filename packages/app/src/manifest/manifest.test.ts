import { describe, expect, test } from "vitest";
import { parseManifest, type RunManifest } from "./manifest.ts";

const output = { node: "a", output: "text", digest: "00" };
const manifest: RunManifest = {
  format: "insightgraph-run",
  version: 1,
  finishedAt: "2026-01-01T00:00:00.000Z",
  runtime: {
    insightgraph: "0",
    code: "c",
    node: "v20",
    onnxruntime: "1",
    platform: "linux x64",
    device: "CPU",
  },
  graphDigest: "g",
  seeds: { "a.seed": 4 },
  models: {},
  files: {},
  outputs: { words: output },
  saved: [{ node: "s", paths: ["a.txt"], inputs: { text: output } }],
  nodes: { a: { type: "text.value", version: 1, cached: false, outputs: { text: "00" } } },
  graph: { format: "insightgraph", version: 1, nodes: { a: { type: "text.value", version: 1 } } },
};

const changed = (fields: object): string => JSON.stringify({ ...manifest, ...fields });

describe("a manifest", () => {
  test("comes back as it was written", () => {
    expect(parseManifest(JSON.stringify(manifest))).toEqual(manifest);
  });

  test.each([
    ["nothing", "", "manifest.shape", undefined],
    ["a number", "7", "manifest.shape", undefined],
    ["a graph", JSON.stringify(manifest.graph), "manifest.shape", "format"],
    ["a later version", changed({ version: 2 }), "manifest.version", "version"],
    ["a seed in words", changed({ seeds: { "a.seed": "x" } }), "manifest.shape", "seeds.a.seed"],
    ["a file without name", changed({ saved: [{}] }), "manifest.shape", "saved.0"],
    ["no graph", changed({ graph: {} }), "graph.format", "format"],
  ])("with %s is refused", (_, source, code, path) => {
    const at = path === undefined ? {} : { path };
    expect(() => parseManifest(source)).toThrow(expect.objectContaining({ code, at }));
  });
});
