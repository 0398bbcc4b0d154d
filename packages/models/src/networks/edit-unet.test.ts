import { describe, expect, test } from "vitest";
import type { Shape } from "../onnx/graph.ts";
import { openGraph, trainedWeights } from "../onnx/run-graph.fixture.ts";
import { knownCount } from "../onnx/shape.ts";
import { buildNetwork } from "./define-network.ts";
import { type EditUnetConfig, editUnet } from "./edit-unet.ts";
import { insightEditTiny } from "./insightedit-tiny.fixture.ts";

/** InstructPix2Pix' UNet: SD-1.5 with 8 channels in. */
const instructPix2Pix: EditUnetConfig = {
  sampleSize: 64,
  inChannels: 8,
  outChannels: 4,
  blockOutChannels: [320, 640, 1280, 1280],
  attends: [true, true, true, false],
  layersPerBlock: 2,
  heads: 8,
  normNumGroups: 32,
  crossAttentionDim: 768,
  textTokens: 77,
  imageTokens: 4,
};

type Keys = Record<string, readonly number[]>;

const vector = (path: string, size: number): Keys => ({
  [`${path}.weight`]: [size],
  [`${path}.bias`]: [size],
});
const linear = (path: string, from: number, to: number): Keys => ({
  [`${path}.weight`]: [to, from],
  [`${path}.bias`]: [to],
});
const conv = (path: string, from: number, to: number, kernel: number): Keys => ({
  [`${path}.weight`]: [to, from, kernel, kernel],
  [`${path}.bias`]: [to],
});

function resnet(path: string, from: number, to: number): Keys {
  return {
    ...vector(`${path}.norm1`, from),
    ...conv(`${path}.conv1`, from, to, 3),
    ...linear(`${path}.time_emb_proj`, 1280, to),
    ...vector(`${path}.norm2`, to),
    ...conv(`${path}.conv2`, to, to, 3),
    ...(from === to ? {} : conv(`${path}.conv_shortcut`, from, to, 1)),
  };
}

function transformer(path: string, width: number): Keys {
  const block = `${path}.transformer_blocks.0`;
  return {
    ...vector(`${path}.norm`, width),
    ...conv(`${path}.proj_in`, width, width, 1),
    ...conv(`${path}.proj_out`, width, width, 1),
    ...vector(`${block}.norm1`, width),
    ...vector(`${block}.norm2`, width),
    ...vector(`${block}.norm3`, width),
    [`${block}.attn1.to_q.weight`]: [width, width],
    [`${block}.attn1.to_k.weight`]: [width, width],
    [`${block}.attn1.to_v.weight`]: [width, width],
    ...linear(`${block}.attn1.to_out.0`, width, width),
    [`${block}.attn2.to_q.weight`]: [width, width],
    [`${block}.attn2.to_k.weight`]: [width, 768],
    [`${block}.attn2.to_v.weight`]: [width, 768],
    ...linear(`${block}.attn2.to_out.0`, width, width),
    ...linear(`${block}.ff.net.0.proj`, width, 8 * width),
    ...linear(`${block}.ff.net.2`, 4 * width, width),
  };
}

/** The published names and shapes, written out from diffusers' layout. */
function documentedKeys(): Keys {
  const downFrom = [320, 320, 640, 1280];
  const downTo = [320, 640, 1280, 1280];
  const upTo = [1280, 1280, 640, 320];
  const upFrom = [
    [2560, 2560, 2560],
    [2560, 2560, 1920],
    [1920, 1280, 960],
    [960, 640, 640],
  ];
  const four = [0, 1, 2, 3];
  const downs = four.flatMap((b) => {
    const [from = 0, to = 0] = [downFrom[b], downTo[b]];
    const block = `down_blocks.${b}`;
    return [
      resnet(`${block}.resnets.0`, from, to),
      resnet(`${block}.resnets.1`, to, to),
      ...(b === 3 ? [] : [0, 1].map((a) => transformer(`${block}.attentions.${a}`, to))),
      b === 3 ? {} : conv(`${block}.downsamplers.0.conv`, to, to, 3),
    ];
  });
  const ups = four.flatMap((b) => {
    const to = upTo[b] ?? 0;
    const block = `up_blocks.${b}`;
    return [
      ...[0, 1, 2].map((r) => resnet(`${block}.resnets.${r}`, upFrom[b]?.[r] ?? 0, to)),
      ...(b === 0 ? [] : [0, 1, 2].map((a) => transformer(`${block}.attentions.${a}`, to))),
      b === 3 ? {} : conv(`${block}.upsamplers.0.conv`, to, to, 3),
    ];
  });
  return Object.assign(
    {},
    conv("conv_in", 8, 320, 3),
    linear("time_embedding.linear_1", 320, 1280),
    linear("time_embedding.linear_2", 1280, 1280),
    ...downs,
    resnet("mid_block.resnets.0", 1280, 1280),
    transformer("mid_block.attentions.0", 1280),
    resnet("mid_block.resnets.1", 1280, 1280),
    ...ups,
    vector("conv_norm_out", 320),
    conv("conv_out", 320, 4, 3),
  );
}

const total = (shapes: readonly Shape[]): number =>
  shapes.reduce((sum, shape) => sum + knownCount(shape), 0);

describe("editUnet at the size of InstructPix2Pix", () => {
  const { graph, outputs } = buildNetwork(editUnet, instructPix2Pix);
  const declared = [...graph.weights].map(([path, { tensor }]) => [path, tensor.shape] as const);
  const adapter = declared.filter(([path]) => path.includes(".processor."));
  const own = declared.filter(([path]) => !path.includes(".processor."));

  test("[N5] declares diffusers' 686 tensors by name and shape", () => {
    expect(Object.fromEntries(own)).toEqual(documentedKeys());
    expect(own).toHaveLength(686);
    expect(total(own.map(([, shape]) => shape))).toBe(859_532_484);
  });

  test("[N5] declares IP-Adapter's 32 tensors beside them", () => {
    expect(adapter).toHaveLength(32);
    expect(total(adapter.map(([, shape]) => shape))).toBe(19_169_280);
    for (const [path, shape] of adapter) {
      expect(path).toMatch(/\.attn2\.processor\.to_[kv]_ip\.0\.weight$/);
      expect(shape[1]).toBe(768);
    }
  });

  test("keeps the latent's size", () => {
    expect(outputs.output.shape).toEqual(["N", 4, 64, 64]);
  });
});

describe("editUnet", () => {
  const config = insightEditTiny.unet;
  const { graph, outputs } = buildNetwork(editUnet, config);
  const weights = trainedWeights(graph);
  const inputs = (rows: number, seed: number) => {
    const sized = graph.inputs.map(({ name, shape }) => {
      const each = knownCount(shape.slice(1));
      const values = Array.from({ length: rows * each }, (_, at) =>
        Math.sin(1 + (at % each) * seed + name.length),
      );
      return [name, name === "timestep" ? values.map((value) => 500 + 400 * value) : values];
    });
    return Object.fromEntries(sized) as Readonly<Record<string, number[]>>;
  };

  test("listens to each of its inputs, and to each row of a batch apart", async () => {
    const opened = await openGraph(graph, outputs);
    const [one, other] = [inputs(1, 0.7), inputs(1, 1.3)];
    const { output: before = [] } = await opened.run({ ...weights, ...one });
    for (const { name } of graph.inputs) {
      const moved = (one[name] ?? []).map((value) => value * 0.5 + 0.1);
      const { output = [] } = await opened.run({ ...weights, ...one, [name]: moved });
      const change = output.map((value, at) => Math.abs(value - (before[at] ?? 0)));
      expect([name, Math.max(...change) > 1e-3]).toEqual([name, true]);
    }
    const both = Object.fromEntries(
      Object.entries(other).map(([name, values]) => [name, [...values, ...(one[name] ?? [])]]),
    );
    const { output = [] } = await opened.run({ ...weights, ...both });
    await opened.close();
    expect(output).toHaveLength(2 * before.length);
    const worst = before.map((value, at) => Math.abs(value - (output[before.length + at] ?? 0)));
    // Sums may be taken in another order: single precision, numbers up to 10.
    expect(Math.max(...worst)).toBeLessThan(1e-4);
  });
});
