import { openSession } from "@insightgraph/engine/runtime";
import { describe, expect, test } from "vitest";
import { emitGraph } from "../onnx/emit.ts";
import type { Graph, Tensor } from "../onnx/graph.ts";
import { lowerGraph, type Provider } from "../onnx/lower/lower-graph.ts";
import { trainedWeights } from "../onnx/run-graph.fixture.ts";
import { knownCount } from "../onnx/shape.ts";
import { vaeDecoder, vaeEncoder } from "./autoencoder-kl.ts";
import { imageBridge, textBridge } from "./bridges.ts";
import { type BuiltNetwork, buildNetwork } from "./define-network.ts";
import { editUnet } from "./edit-unet.ts";
import { insightEditTiny } from "./insightedit-tiny.fixture.ts";
import { parseUnetConfig } from "./parse-unet-config.ts";
import { unet2dCondition } from "./unet-2d-condition.ts";
import { parseVaeConfig } from "./vae-config.ts";
import { visionLanguage } from "./vision-language.ts";

const rows = 3;

const unet = parseUnetConfig({
  sample_size: [7, 5],
  block_out_channels: [4, 8, 8],
  down_block_types: ["CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"],
  up_block_types: ["UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"],
  layers_per_block: 1,
  attention_head_dim: 2,
  norm_num_groups: 2,
  cross_attention_dim: 6,
  use_linear_projection: true,
});
const vae = parseVaeConfig({
  block_out_channels: [4, 8],
  down_block_types: ["DownEncoderBlock2D", "DownEncoderBlock2D"],
  up_block_types: ["UpDecoderBlock2D", "UpDecoderBlock2D"],
  norm_num_groups: 2,
});

const networks: Readonly<Record<string, () => BuiltNetwork<string>>> = {
  unet: () =>
    buildNetwork(unet2dCondition, {
      unet,
      textTokens: 3,
      imageTokens: 2,
      imageScales: "each",
      visual: true,
    }),
  "vae encoder": () => buildNetwork(vaeEncoder, { vae, imageSize: [9, 6], sample: true }),
  "vae decoder": () => buildNetwork(vaeDecoder, { vae, latentSize: [3, 2] }),
  "edit unet": () => buildNetwork(editUnet, insightEditTiny.unet),
  "vision language": () => buildNetwork(visionLanguage, insightEditTiny.mllm),
  "text bridge": () => buildNetwork(textBridge, insightEditTiny.bridges),
  "image bridge": () => buildNetwork(imageBridge, insightEditTiny.bridges),
};

/** Every floating-point value that an operator makes, by a name that may stand for an output. */
function valuesOf(graph: Graph): Readonly<Record<string, Tensor>> {
  const made = graph.nodes
    .filter(({ op }) => !/LayerNormalization$/.test(op))
    .flatMap(({ outputs }) => outputs)
    .filter(({ dtype }) => dtype === "float32");
  return Object.fromEntries(made.map((tensor) => [`${tensor.name}:found`, tensor]));
}

function fed({ name, dtype, shape }: Tensor, weights: Readonly<Record<string, ArrayLike<number>>>) {
  const sizes = shape.map((size) => (typeof size === "number" ? size : rows));
  const count = knownCount(sizes);
  if (dtype === "int64") return { dtype, shape: sizes, data: new BigInt64Array(count) } as const;
  const values = weights[name] ?? Array.from({ length: count }, (_, at) => Math.sin(at + 1));
  return { dtype: "float32", shape: sizes, data: Float32Array.from(values) } as const;
}

describe.each(Object.keys(networks))("inferred shapes: %s", (name) => {
  test.each(["webgpu", "cpu"] as const)(
    "[N1] are what ONNX Runtime finds, for %s",
    async (provider) => {
      const { graph, outputs } = (networks[name] as () => BuiltNetwork<string>)();
      lowerGraph(graph, outputs, { provider: provider satisfies Provider });
      const values = valuesOf(graph);
      const session = await openSession(emitGraph(graph, values), { threads: 1 });
      const weights = trainedWeights(graph);
      const declared = [
        ...graph.inputs,
        ...[...graph.weights.values()].map(({ tensor }) => tensor),
      ];
      const feeds = declared.map((tensor) => [tensor.name, fed(tensor, weights)] as const);
      const known = feeds.filter(([one]) => session.inputs.includes(one));
      const found = await session.run(Object.fromEntries(known));
      await session.close();
      // A named size holds the batch, alone or as a factor of it: `N*6` is a name of its own.
      const named = (size: string): number =>
        size.split("*").reduce((product, factor) => product * (Number(factor) || rows), 1);
      const wanted = Object.entries(values).map(([at, { shape }]) => [
        at,
        shape.map((size) => (typeof size === "number" ? size : named(size))),
      ]);
      expect(wanted.length).toBeGreaterThan(5);
      expect(Object.entries(found).map(([at, { shape }]) => [at, [...shape]])).toEqual(wanted);
    },
  );
});
