import { describe, expect, test } from "vitest";
import { numbers, runTensor } from "../onnx/run-graph.fixture.ts";
import { buildNetwork } from "./define-network.ts";
import { patchDecoder, patchEncoder } from "./patch-autoencoder.ts";

const config = { imageSize: 4, patchSize: 2, latentChannels: 12 };

// Entry (channel, colour, y, x) is 1 where the latent channel is the patch's own number.
const identity = Array.from({ length: 144 }, (_, at) => (at % 13 === 0 ? 1 : 0));
const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);

describe("patch autoencoder", () => {
  test("puts a patch's numbers into one latent pixel, colours first", async () => {
    const { outputs } = buildNetwork(patchEncoder, config);
    expect(outputs.latent.shape).toEqual(["N", 12, 2, 2]);
    const found = await runTensor(outputs.latent, {
      pixels: Array.from({ length: 48 }, (_, at) => at),
      "encoder.conv_in.weight": identity,
      "encoder.conv_in.bias": zeros(12),
    });
    // Red's patches begin at 0, 2, 8 and 10; the second number of each lies right of the first.
    expect(found.slice(0, 8)).toEqual([0, 2, 8, 10, 1, 3, 9, 11]);
    // Green begins 16 later.
    expect(found.slice(16, 20)).toEqual([16, 18, 24, 26]);
  });

  test("puts them back", async () => {
    const pixels = numbers(96, 1).map(Math.fround);
    const { outputs: encoded } = buildNetwork(patchEncoder, config);
    const latent = await runTensor(encoded.latent, {
      pixels,
      "encoder.conv_in.weight": identity,
      "encoder.conv_in.bias": zeros(12),
    });
    const { outputs } = buildNetwork(patchDecoder, config);
    expect(outputs.pixels.shape).toEqual(["N", 3, 4, 4]);
    const found = await runTensor(outputs.pixels, {
      latent,
      "decoder.conv_out.weight": identity,
      "decoder.conv_out.bias": [0, 0, 0],
    });
    expect(found).toEqual(pixels);
  });
});
