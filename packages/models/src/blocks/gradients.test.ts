import { describe, expect, test } from "vitest";
import { gradientErrors, worstOf } from "../autodiff/gradient-error.fixture.ts";
import { createGraph, declareInput, type Graph, type Tensor } from "../onnx/graph.ts";
import { numbers, trainedWeights } from "../onnx/run-graph.fixture.ts";
import { knownCount } from "../onnx/shape.ts";
import { weightsAt } from "../onnx/weights.ts";
import { bidirectionalInteraction } from "./bidirectional-interaction.ts";
import { clipEncoder } from "./clip-encoder.ts";
import { decoupledCrossAttention } from "./decoupled-cross-attention.ts";
import { imageAlignmentAdapter } from "./image-alignment-adapter.ts";
import { imageContext } from "./image-context.fixture.ts";
import { llama } from "./llama.ts";
import { qFormer } from "./q-former.ts";
import { resnetBlock } from "./resnet-block.ts";
import { spatialTransformer } from "./spatial-transformer.ts";

function told(graph: Graph) {
  return {
    text: declareInput(graph, "text", [2, 3, 5]),
    image: imageContext(graph, [2, 2, 5], [2, 1, 1]),
  };
}

const blocks: Readonly<Record<string, (graph: Graph) => readonly Tensor[]>> = {
  "bidirectional-interaction": (graph) => {
    const query = declareInput(graph, "query", [2, 3, 6]);
    const vision = declareInput(graph, "vision", [2, 4, 8]);
    const config = { heads: 2, grid: 2, visualChannels: 3, visualScale: 2 };
    const { text, visual, image } = bidirectionalInteraction(
      weightsAt(graph),
      query,
      vision,
      config,
    );
    return [text, visual, image];
  },
  "clip-encoder": (graph) => {
    const x = declareInput(graph, "x", [2, 4, 8]);
    return [clipEncoder(weightsAt(graph), x, { heads: 2, hidden: 12, layers: 1 })];
  },
  "decoupled-cross-attention": (graph) => {
    const x = declareInput(graph, "x", [2, 3, 4]);
    return [decoupledCrossAttention(weightsAt(graph), x, told(graph), 2)];
  },
  "image-alignment-adapter": (graph) => {
    const mm = declareInput(graph, "mm", [2, 3, 4]);
    const config = { mapperWidth: 2, tokens: 2, width: 5 };
    return [imageAlignmentAdapter(weightsAt(graph), mm, config)];
  },
  llama: (graph) => {
    const x = declareInput(graph, "x", [2, 3, 8]);
    return [llama(weightsAt(graph), x, { heads: 4, keyHeads: 2, hidden: 6, layers: 1 })];
  },
  "q-former": (graph) => {
    const memory = declareInput(graph, "memory", [2, 3, 6]);
    return [qFormer(weightsAt(graph), memory, { queries: 3, width: 8, layers: 2, heads: 2 })];
  },
  "resnet-block": (graph) => {
    const x = declareInput(graph, "x", [2, 2, 3, 3]);
    const time = declareInput(graph, "time", [2, 3]);
    return [resnetBlock(weightsAt(graph), x, { out: 4, groups: 2, epsilon: 1e-5, time })];
  },
  "spatial-transformer": (graph) => {
    const x = declareInput(graph, "x", [2, 4, 2, 3]);
    return [spatialTransformer(weightsAt(graph), x, told(graph), { heads: 2, groups: 2 })];
  },
};

describe("gradients of whole blocks", () => {
  test.each(Object.keys(blocks))("%s agrees with differences", async (name) => {
    const graph = createGraph();
    const outputs = blocks[name]?.(graph) ?? [];
    const inputs = graph.inputs.map((input, at) => [
      input.name,
      numbers(knownCount(input.shape), 20 + at),
    ]);
    const values = { ...Object.fromEntries(inputs), ...trainedWeights(graph) };
    // A shorter step crosses fewer of relu's kinks.
    const width = graph.nodes.some(({ op }) => op === "Relu") ? 1e-3 : 5e-3;
    const found = await gradientErrors(outputs, values, width);
    const buffer = "pe_layer.positional_encoding_gaussian_matrix";
    expect(found.unreached.filter((path) => path !== buffer)).toEqual([]);
    // Rounding of some hundred terms over a small step; a wrong gradient is off by tenths.
    const [where, error] = worstOf(found);
    expect({ where, close: error < 5e-3 ? "yes" : error }).toEqual({ where, close: "yes" });
  });
});
