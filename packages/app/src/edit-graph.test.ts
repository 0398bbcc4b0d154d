import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { GraphDocument } from "@insightgraph/engine/graph";
import { createRegistry } from "@insightgraph/engine/node";
import { nodes } from "@insightgraph/nodes";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import {
  editGraphFor,
  editOptions,
  requireNames,
  shippedGraphFor,
  withOptions,
  withoutAdapter,
} from "./edit-graph.ts";
import { loadGraph } from "./load-graph.ts";
import { graphsDir } from "./places.ts";
import { inputNames } from "./set-param.ts";

const { catalogue } = createRegistry(nodes);
const tiny = new URL("../../../test/fixtures/checkpoints/tiny-instruct-pix2pix", import.meta.url);
const load = (name: string): Promise<GraphDocument> => loadGraph(path.join(graphsDir, name));

describe("editGraphFor", () => {
  test.each([
    ["insightedit.json", undefined],
    ["insightedit.json", "insightedit-mini"],
    ["insightedit.json", "no-such-model"],
    ["instruct-pix2pix.json", `dir:${fileURLToPath(tiny)}`],
  ])("gives %s for %s", async (file, checkpoint) => {
    expect(path.basename(await editGraphFor(checkpoint))).toBe(file);
  });
});

describe("shippedGraphFor", () => {
  test.each([
    ["insightedit.json", "samples/rabbit-teddy-apple.png"],
    ["edit-photograph.json", "samples/coffee.jpg"],
    ["insightedit.json", "samples/no-such-picture.png"],
  ])("gives %s for %s", async (file, picture) => {
    const chosen = await shippedGraphFor(path.join(graphsDir, picture));
    expect(path.basename(chosen.file)).toBe(file);
  });

  test("takes a large square picture for a photograph", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "square-"));
    const picture = path.join(folder, "square.png");
    const create = { width: 513, height: 513, channels: 3, background: "#888" } as const;
    await sharp({ create }).toFile(picture);
    const chosen = await shippedGraphFor(picture);
    expect(path.basename(chosen.file)).toBe("edit-photograph.json");
    await rm(folder, { recursive: true });
  });
});

describe.each([
  "insightedit.json",
  "insightedit-sd15.json",
  "instruct-pix2pix.json",
  "dreamlite.json",
  "flux2-klein.json",
  "picture-as-prompt.json",
])("graphs/%s", (file) => {
  test("has the names that edit and eval call it by", async () => {
    const inputs = ["picture", "image", "instruction", "seed", "checkpoint"];
    requireNames(await load(file), file, { inputs, outputs: ["picture", "edit"] });
  });
});

describe("withOptions", () => {
  test("sets each option's input, at the node that has it", async () => {
    const values = { steps: "3", "text-guidance": "2.5", "image-scale": "0.5", seed: "7" };
    const graph = withOptions(await load("insightedit.json"), catalogue, editOptions, values);
    expect(graph.nodes["sample"]?.params).toMatchObject({ steps: 3, textGuidance: 2.5, seed: 7 });
    expect(graph.nodes["image-adapter"]?.params).toEqual({ scale: 0.5 });
  });

  test("refuses an option that the graph has no input for, and names those that it has", async () => {
    const graph = await load("instruct-pix2pix.json");
    expect(() => withOptions(graph, catalogue, editOptions, { "image-scale": "1" })).toThrow(
      expect.objectContaining({
        code: "command.usage",
        what: '--image-scale: the graph has no input "imageScale"',
        hint: expect.stringContaining(inputNames(graph).join(", ")),
      }),
    );
  });
});

describe("withoutAdapter", () => {
  test("bypasses adapters, those of subgraphs too", async () => {
    const plain = withoutAdapter(await load("insightedit.json"));
    expect(plain.nodes["image-adapter"]?.bypassed).toBe(true);
    const inner = withoutAdapter(await load("evaluate.json")).graphs?.["edit"];
    expect(inner?.nodes["image-adapter"]?.bypassed).toBe(true);
  });

  test("refuses a graph without one", async () => {
    const graph = await load("instruct-pix2pix.json");
    expect(() => withoutAdapter(graph)).toThrow("no image alignment adapter");
  });
});

test("a graph without a needed name is refused", async () => {
  const graph = await load("evaluate.json");
  const needed = { inputs: ["picture"], outputs: ["picture"] };
  expect(() => requireNames(graph, "evaluate.json", needed)).toThrow(
    '"evaluate.json" has no input "picture"',
  );
  expect(() => requireNames(graph, "evaluate.json", { ...needed, inputs: [] })).toThrow(
    '"evaluate.json" has no output "picture"',
  );
});
