import { describe, expect, test } from "vitest";
import { buildNetwork } from "../../networks/define-network.ts";
import { parseUnetConfig } from "../../networks/parse-unet-config.ts";
import { unet2dCondition } from "../../networks/unet-2d-condition.ts";
import { constant, createGraph, declareInput, type Graph, type Tensor } from "../graph.ts";
import { add } from "../ops/elementwise.ts";
import { layerNormalization } from "../ops/normalize.ts";
import { openGraph, runGraph, trainedWeights } from "../run-graph.fixture.ts";
import { knownCount } from "../shape.ts";
import { writeOutChannelsLast } from "./lower-graph.fixture.ts";
import { type LoweringTarget, lowerGraph } from "./lower-graph.ts";

const unet = parseUnetConfig({
  sample_size: [6, 5],
  in_channels: 8,
  block_out_channels: [8, 16],
  down_block_types: ["CrossAttnDownBlock2D", "DownBlock2D"],
  up_block_types: ["UpBlock2D", "CrossAttnUpBlock2D"],
  layers_per_block: 1,
  attention_head_dim: 2,
  norm_num_groups: 4,
  cross_attention_dim: 6,
  resnet_time_scale_shift: "scale_shift",
});
const options = { unet, textTokens: 3, imageTokens: 2, visual: true };

function values(graph: Graph) {
  const inputs = graph.inputs.map(({ name, shape }, index) => {
    const count = 2 * knownCount(shape.slice(1));
    const wave = Array.from({ length: count }, (_, at) => Math.sin(1 + at * 0.7 + index));
    return [name, name === "timestep" ? [981, 12.5] : wave];
  });
  return { ...trainedWeights(graph), ...Object.fromEntries(inputs) };
}

const opsOf = ({ nodes }: Graph): ReadonlySet<string> => new Set(nodes.map(({ op }) => op));

function relative(found: readonly number[] = [], wanted: readonly number[] = []): number {
  const apart = wanted.map((value, at) => Math.abs(value - (found[at] ?? Number.NaN)));
  return Math.max(...apart) / Math.max(...wanted.map(Math.abs));
}

async function outputOf(target?: LoweringTarget, writeOut = (_: Graph): void => {}) {
  const plain = buildNetwork(unet2dCondition, options);
  const given = values(plain.graph);
  const { graph, outputs } =
    target === undefined ? plain : lowerGraph(plain.graph, plain.outputs, target);
  const ops = opsOf(graph);
  writeOut(graph);
  const { output = [] } = await runGraph(graph, outputs, given);
  return { ops, output };
}

describe("lowerGraph", async () => {
  const plain = await outputOf();

  test("[L2] leaves ONNX's own operators to providers without others", async () => {
    for (const provider of ["webgpu", "dml", "coreml"] as const) {
      const { ops, output } = await outputOf({ provider });
      expect(ops).toEqual(plain.ops);
      expect(output).toEqual(plain.output);
    }
  });

  test("[L1] computes the same for the CPU with fused attention", async () => {
    const { ops, output } = await outputOf({ provider: "cpu" });
    expect(ops).toContain("MultiHeadAttention");
    expect(relative(output, plain.output)).toBeLessThan(1e-5);
  });

  test("[L1] computes the same for CUDA, its channels-last operators written out", async () => {
    const { ops, output } = await outputOf({ provider: "cuda" }, writeOutChannelsLast);
    for (const op of ["MultiHeadAttention", "SkipLayerNormalization", "GroupNorm", "NhwcConv"]) {
      expect(ops).toContain(op);
    }
    for (const op of ["Conv", "InstanceNormalization"]) expect(ops).not.toContain(op);
    expect(relative(output, plain.output)).toBeLessThan(1e-5);
  });

  test("[L2] asks CUDA for operators as ONNX Runtime defines them, of which the CPU lacks kernels alone", async () => {
    for (const precision of ["float32", "float16"] as const) {
      const { graph, outputs } = buildNetwork(unet2dCondition, options);
      const lowered = lowerGraph(graph, outputs, { provider: "cuda", precision });
      // Names, attributes and types are checked before kernels are looked for.
      await expect(openGraph(lowered.graph, lowered.outputs)).rejects.toThrow(
        /(find kernel for com\.microsoft\.|an implementation for )(NhwcConv|GroupNorm)\(1\)/,
      );
    }
  });

  test("transposes pictures at the edges of the network alone", () => {
    const { graph, outputs } = buildNetwork(unet2dCondition, options);
    lowerGraph(graph, outputs, { provider: "cuda" });
    const weights = new Set([...graph.weights.values()].map(({ tensor }) => tensor.name));
    const turned = graph.nodes
      .filter(({ op, inputs }) => op === "Transpose" && inputs[0]?.shape.length === 4)
      .map(({ inputs }) => inputs[0]?.name ?? "");
    const pictures = turned.filter((name) => !weights.has(name));
    expect(pictures.sort()).toEqual(["conv_out/NhwcConv", "sample", "visual"]);
  });

  test("[L3] computes in half precision within a hundredth, wide where numbers are great", async () => {
    for (const provider of ["webgpu", "cpu"] as const) {
      const { output } = await outputOf({ provider, precision: "float16" });
      expect(relative(output, plain.output)).toBeLessThan(2e-2);
      expect(output).not.toEqual(plain.output);
    }
    const cuda = await outputOf({ provider: "cuda", precision: "float16" }, writeOutChannelsLast);
    expect(relative(cuda.output, plain.output)).toBeLessThan(2e-2);
  });

  test("keeps a sum that others read beside the norm after it", async () => {
    const build = () => {
      const graph = createGraph();
      const [a, b] = [declareInput(graph, "a", [2, 4]), declareInput(graph, "b", [2, 4])];
      const sum = add(a, b);
      const fill = (value: number): Tensor => constant(graph, Array(4).fill(value), [4]);
      const normal = layerNormalization(sum, fill(2), fill(1), 1e-5);
      return { graph, outputs: { normal, sum, both: add(sum, normal) } };
    };
    const given = { a: [1, 2, 3, 4, 5, 6, 7, 9], b: [0, 1, 0, 1, 0, 2, 0, 2] };
    const { graph, outputs } = build();
    const wanted = await runGraph(graph, outputs, given);
    const other = build();
    lowerGraph(other.graph, other.outputs, { provider: "cuda" });
    expect(opsOf(other.graph)).toEqual(new Set(["SkipLayerNormalization", "Add"]));
    const found = await runGraph(other.graph, other.outputs, given);
    for (const name of ["normal", "sum", "both"]) {
      expect(relative(found[name], wanted[name])).toBeLessThan(1e-6);
    }
  });
});
