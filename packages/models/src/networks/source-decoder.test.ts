import { expect, test } from "vitest";
import { numbers, openGraph, trainedWeights } from "../onnx/run-graph.fixture.ts";
import { buildNetwork } from "./define-network.ts";
import { sourceDecoder } from "./source-decoder.ts";

const vae = { imageSize: 16, patchSize: 4, latentChannels: 6 };
const config = { vae, widths: [4, 8], normNumGroups: 2 };

function inputs(seed: number) {
  const latents = 6 * 4 ** 2;
  return {
    latent: numbers(latents, seed),
    sourceLatent: numbers(latents, seed + 1),
    source: numbers(3 * 16 ** 2, seed + 2),
  };
}

test("begins as the plain decoding with half of the source's detail, hardly gated", async () => {
  const { graph, outputs } = buildNetwork(sourceDecoder, config);
  const opened = await openGraph(graph, outputs);
  const drawn = { ...trainedWeights(graph), "decoder.conv_out.weight": numbers(80, 1).fill(0) };
  const [given, plain] = [inputs(1), inputs(1)];
  const silent = { ...plain, source: plain.source.map(() => 0) };
  const whole = await opened.run({ ...drawn, ...given });
  const without = await opened.run({ ...drawn, ...silent });
  const kept = 1 / (1 + Math.exp(3));
  whole["pixels"]?.forEach((value, at) => {
    const ofSource = (given.source[at] ?? 0) * (kept + (1 - kept) / 2);
    expect(value).toBeCloseTo((without["pixels"]?.[at] ?? Number.NaN) + ofSource, 4);
  });
  await opened.close();
});

test("reads the latent, the source's latent and the source, each row of a batch apart", async () => {
  const { graph, outputs } = buildNetwork(sourceDecoder, config);
  expect(outputs.pixels.shape).toEqual(["N", 3, 16, 16]);
  const opened = await openGraph(graph, outputs);
  const drawn = trainedWeights(graph);
  const run = async (given: ReturnType<typeof inputs>): Promise<readonly number[]> =>
    (await opened.run({ ...drawn, ...given }))["pixels"] ?? [];
  const [first, second] = [inputs(1), inputs(9)];
  const alone = await run(first);
  for (const name of ["latent", "sourceLatent", "source"] as const) {
    expect(await run({ ...first, [name]: second[name] }), name).not.toEqual(alone);
  }
  const both = await run({
    latent: [...first.latent, ...second.latent],
    sourceLatent: [...first.sourceLatent, ...second.sourceLatent],
    source: [...first.source, ...second.source],
  });
  both.slice(0, alone.length).forEach((value, at) => {
    expect(value).toBeCloseTo(alone[at] ?? Number.NaN, 4);
  });
  await opened.close();
});
