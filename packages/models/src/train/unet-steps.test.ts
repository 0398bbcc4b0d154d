import { expect, test } from "vitest";
import { gradientErrors, worstOf } from "../autodiff/gradient-error.fixture.ts";
import { parseUnetConfig } from "../networks/parse-unet-config.ts";
import { createGraph } from "../onnx/graph.ts";
import { numbers, openGraph, trainedWeights } from "../onnx/run-graph.fixture.ts";
import { knownCount } from "../onnx/shape.ts";
import { type UnetTraining, unetLayout, unetLoss } from "./unet-steps.ts";

const training: UnetTraining = {
  unet: {
    ...parseUnetConfig({
      in_channels: 4,
      out_channels: 2,
      block_out_channels: [4, 8],
      down_block_types: ["CrossAttnDownBlock2D", "DownBlock2D"],
      up_block_types: ["UpBlock2D", "CrossAttnUpBlock2D"],
      layers_per_block: 1,
      cross_attention_dim: 3,
      attention_head_dim: 2,
      norm_num_groups: 2,
    }),
    sampleSize: [4, 4],
  },
  textTokens: 2,
  batch: 2,
  prediction: "epsilon",
};

function lossOf(changed: Partial<UnetTraining> = {}) {
  const graph = createGraph();
  const loss = unetLoss(graph, { ...training, ...changed });
  const inputs = graph.inputs.map(({ name, shape }, at): [string, number[]] => {
    return [name, numbers(knownCount(shape), at + 1)];
  });
  const values = { ...trainedWeights(graph), ...Object.fromEntries(inputs), timestep: [3, 700] };
  return { graph, loss, values };
}

const lora = { rank: 2, targets: ["attn2.to_q", "to_out.0", "conv_in"] } as const;

test("has the slopes of every weight, and of every branch of a LoRA", async () => {
  const { graph, loss, values } = lossOf({ lora });
  // Short steps: along a direction that moves all numbers of a kernel, the loss bends soon.
  const found = await gradientErrors([loss], values, 5e-4);
  expect(found.unreached).toEqual([]);
  expect(worstOf(found)[1]).toBeLessThan(2e-3);
  expect(Object.keys(found.errors).length).toBeGreaterThan(graph.weights.size);
});

test("a LoRA lies beside the layers that are named, and nothing else is trained", () => {
  const paths = unetLayout({ ...training, lora }).parameters.map(({ path }) => path);
  const layers = new Set(paths.map((path) => path.replace(/\.(down|up)\.weight$/, "")));
  expect(paths).toHaveLength(2 * layers.size);
  expect(layers).toContain("lora.trained.conv_in");
  expect(layers).toContain(
    "lora.trained.down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_out.0",
  );
  expect([...layers].filter((path) => !/attn2\.to_q$|to_out\.0$|\.conv_in$/.test(path))).toEqual(
    [],
  );
  expect([...layers].filter((path) => path.endsWith("attn1.to_q"))).toEqual([]);
});

test("asks for noise, for the clean latent or for the velocity", async () => {
  const measure = async (prediction: UnetTraining["prediction"]): Promise<number> => {
    const { graph, loss, values } = lossOf({ prediction });
    const silent = Object.fromEntries(
      ["conv_out.weight", "conv_out.bias"].map((name) => [
        name,
        Array.from(values[name as keyof typeof values] ?? [], () => 0),
      ]),
    );
    const opened = await openGraph(graph, { loss });
    const found = await opened.run({ ...values, ...silent });
    await opened.close();
    return found["loss"]?.[0] ?? Number.NaN;
  };
  const meanSquare = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value * value, 0) / values.length;
  // A silent network predicts zeros, so that the loss is the mean square of what is wanted.
  const { values } = lossOf();
  const [noise, target, signal, spread] = ["noise", "target", "signal", "spread"].map(
    (name) => [...(values[name as keyof typeof values] ?? [])] as number[],
  ) as [number[], number[], number[], number[]];
  const row = (at: number): number => Math.floor(at / 32);
  const velocity = noise.map(
    (value, at) => value * (signal[row(at)] ?? 0) - (target[at] ?? 0) * (spread[row(at)] ?? 0),
  );
  expect(await measure("epsilon")).toBeCloseTo(meanSquare(noise), 5);
  expect(await measure("sample")).toBeCloseTo(meanSquare(target), 5);
  expect(await measure("v_prediction")).toBeCloseTo(meanSquare(velocity), 5);
});

test("lays out every weight under diffusers' names", () => {
  const paths = unetLayout(training).parameters.map(({ path }) => path);
  expect(paths).toContain("conv_in.weight");
  expect(paths).toContain("down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k.weight");
  expect(new Set(paths).size).toBe(paths.length);
});
