import { guidanceRows, parseUnetConfig } from "@insightgraph/models";
import { expect, test } from "vitest";
import type { DenoiserInputs } from "../denoiser.ts";
import type { NetworkOpener } from "../open-network.ts";
import type { TensorValue } from "../tensor.ts";
import { unetDenoiser } from "./denoiser.ts";

function filled(shape: readonly number[], value: number): TensorValue {
  const count = shape.reduce((product, size) => product * size, 1);
  return { dtype: "float32", shape, data: new Float32Array(count).fill(value) };
}

const config = parseUnetConfig({
  in_channels: 4,
  out_channels: 2,
  block_out_channels: [8],
  down_block_types: ["DownBlock2D"],
  up_block_types: ["UpBlock2D"],
  cross_attention_dim: 3,
  norm_num_groups: 2,
});
const model = unetDenoiser({ config, digest: "d", weights: new Map(), scheduler: undefined });

const colours = { patch: 1, weight: new Float32Array(6), bias: new Float32Array(3) };
const inputs: DenoiserInputs = {
  source: { tensor: filled([1, 2, 1, 1], 7), colours, scaling: { factor: 1, shift: 0 } },
  condition: filled([1, 2, 3], 1),
  negative: filled([1, 2, 3], -1),
  imageCondition: { tokens: filled([1, 4, 3], 5), scale: 0.5 },
};

/** What the network is fed for a step, one row for each part of the guidance. */
async function feedsOf(given: DenoiserInputs): Promise<Readonly<Record<string, number[][]>>> {
  let fed: Readonly<Record<string, TensorValue>> = {};
  const opener: NetworkOpener = {
    open: async () => ({
      inputs: [],
      outputs: ["output"],
      async run(feeds) {
        fed = feeds;
        return { output: filled([3, 2, 1, 1], 0) };
      },
    }),
  };
  const rows = guidanceRows({ text: 7.5, image: 1.5 });
  expect(rows.map(({ hasText, hasSource }) => [hasText, hasSource])).toEqual([
    [true, true],
    [false, true],
    [false, false],
  ]);
  const options = { steps: 1, eta: 0, scheduler: undefined };
  const open = await model.open(opener, given, rows, options);
  await open.predict(Float32Array.of(3, 4), 1);
  const rowsOf = ({ data, shape }: TensorValue): number[][] => {
    const size = data.length / (shape[0] ?? 1);
    const all = Array.from(data, Number);
    return Array.from({ length: shape[0] ?? 0 }, (_, row) =>
      all.slice(row * size, (row + 1) * size),
    );
  };
  return Object.fromEntries(Object.entries(fed).map(([name, value]) => [name, rowsOf(value)]));
}

test("rows without the text are without the image condition too", async () => {
  const { imageScale, image } = await feedsOf(inputs);
  expect(imageScale).toEqual([[0.5], [0], [0]]);
  expect(image).toEqual(Array.from({ length: 3 }, () => new Array(12).fill(5)));
});

test("rows without the text have the negative, rows without the source zeros", async () => {
  const { text, sample, timestep } = await feedsOf(inputs);
  expect(text?.map(([first]) => first)).toEqual([1, -1, -1]);
  expect(sample).toEqual([
    [3, 4, 7, 7],
    [3, 4, 7, 7],
    [3, 4, 0, 0],
  ]);
  expect(timestep).toEqual([[1], [1], [1]]);
});

test("guidance without a negative is refused", async () => {
  await expect(feedsOf({ ...inputs, negative: undefined })).rejects.toMatchObject({
    code: "argument.unfit",
    argument: "negative",
  });
});
