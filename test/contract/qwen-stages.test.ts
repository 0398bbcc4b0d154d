import { rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadGraph } from "../../packages/app/src/load-graph.ts";
import { findReplacements } from "../../packages/editor-ui/src/document/find-replacements.ts";
import { replaceNode } from "../../packages/editor-ui/src/document/replace.ts";
import { runGraph } from "../../packages/engine/src/execute.ts";
import {
  checkGraph,
  type GraphDocument,
  parseGraph,
  validateGraph,
} from "../../packages/engine/src/graph.ts";
import { createRegistry } from "../../packages/engine/src/node.ts";
import { createSessionPool } from "../../packages/engine/src/runtime.ts";
import { nodes } from "../../packages/nodes/src/index.ts";
import { writeTinyQwen } from "../../packages/nodes/src/model/tiny-qwen.fixture.ts";

const graphs = fileURLToPath(new URL("../../graphs/", import.meta.url));
const registry = createRegistry(nodes);
const pool = createSessionPool({ threads: 1 });
const mostTokens = 4;
let folder = "";

beforeAll(async () => {
  folder = await writeTinyQwen();
});
afterAll(async () => {
  await pool.close();
  await rm(folder, { recursive: true });
});

test.each(["data-pipeline", "data-pipeline-photographs", "data-pipeline-scenes"])(
  "the page offers a Qwen in the assistant's place of graphs/%s.json, and every link fits",
  async (name) => {
    const graph = await loadGraph(path.join(graphs, `${name}.json`));
    const { typing } = checkGraph(graph, registry.catalogue);
    const offered = findReplacements(graph, registry.catalogue, typing, "assistant");
    const qwen = offered.find(({ spec }) => spec.type === "model.qwen-vl");
    if (qwen === undefined) throw new Error("model.qwen-vl is not offered");
    const swapped = structuredClone(graph);
    const replace = replaceNode("assistant", qwen);
    replace(swapped as Parameters<typeof replace>[0]);
    expect(swapped.nodes["assistant"]?.type).toBe("model.qwen-vl");
    expect(validateGraph(swapped, registry.catalogue)).toEqual([]);
  },
);

const link = (node: string, output: string) => ({ node, output });
const picture = link("picture", "image");
const pair = { source: picture, target: picture };
const assistant = link("qwen", "assistant");
const instruction = { instruction: "remove the apple" };

/** Stages that ask the model, with what each is given. */
const stages = [
  ["data.caption", { image: picture, model: assistant }, {}],
  ["data.extract-objects", { model: assistant }, {}],
  ["data.judge", { ...pair, model: assistant }, instruction],
  [
    "data.recaption",
    { ...pair, mask: link("mask", "mask"), object: link("cup", "item"), model: assistant },
    instruction,
  ],
  [
    "text.generate",
    { prompt: link("prompt", "text"), image: picture, model: link("qwen", "model") },
    { maxTokens: mostTokens },
  ],
] as const;

function graphOf(type: string, inputs: object, params: object): GraphDocument {
  const qwen = { checkpoint: `dir:${folder}`, maxTokens: mostTokens };
  const file = { path: path.join(graphs, "samples/coffee.jpg") };
  const named = { type: "text.value", version: 1, params: { text: "What is it?" } };
  const all = {
    picture: { type: "image.load", version: 1, params: file },
    qwen: { type: "model.qwen-vl", version: 1, params: qwen },
    prompt: named,
    detector: { type: "model.detector", version: 1 },
    find: {
      type: "data.detect",
      version: 1,
      params: { kind: "cup", all: false },
      inputs: { image: picture, model: link("detector", "model") },
    },
    cup: { type: "list.pick", version: 1, inputs: { list: link("find", "objects") } },
    mask: { type: "mask.from-box", version: 1, inputs: { like: picture } },
    stage: { type, version: 1, params, inputs },
  };
  return parseGraph(JSON.stringify({ format: "insightgraph", version: 1, nodes: all }));
}

/** Runs a stage. @param stop Ends the run at the first token. @returns its error, if any, and the steps that a page was told of. */
async function runStage(graph: GraphDocument, stop?: AbortController) {
  const steps: { done: number; total: number; text: string | undefined }[] = [];
  const error = await runGraph(graph, registry, {
    outputs: ["stage"],
    open: pool.open,
    ...(stop && { signal: stop.signal }),
    emit(event) {
      if (event.type !== "node-progressed" || event.nodeId !== "stage") return;
      const { done, total, preview } = event;
      steps.push({ done, total, text: preview?.kind === "text" ? preview.text : undefined });
      stop?.abort(new Error("stopped"));
    },
  }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { error, steps };
}

describe.each(stages)("%s by a Qwen on this machine", (type, inputs, params) => {
  test("tells the page of every token", async () => {
    const { steps, error } = await runStage(graphOf(type, inputs, params));
    // A random model answers no JSON: its stage says so, after two answers.
    if (error !== undefined) expect(String(error)).toContain("was asked twice and answers");
    const [first] = steps;
    expect(first).toMatchObject({ done: 1, total: mostTokens });
    expect(steps.at(-1)?.done).toBeGreaterThan(1);
    const isText = type === "data.caption" || type === "text.generate";
    expect(steps.some(({ text }) => (text ?? "") !== "")).toBe(isText);
  });

  test("ends at the token after which it is cancelled", async () => {
    const { steps, error } = await runStage(graphOf(type, inputs, params), new AbortController());
    expect(String(error)).toMatch(/stopped|cancel/);
    expect(steps.map(({ done }) => done)).toEqual([1]);
  });
});
