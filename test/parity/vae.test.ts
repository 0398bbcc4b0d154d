import { describe, expect, test } from "vitest";
import { vaeDecoder, vaeEncoder } from "../../packages/models/src/networks/autoencoder-kl.ts";
import { buildNetwork } from "../../packages/models/src/networks/define-network.ts";
import { parseVaeConfig } from "../../packages/models/src/networks/vae-config.ts";
import { expecting, parityError, parityTargets, readFixture } from "./read-fixture.ts";

type Size = readonly [number, number];

async function readCase(name: string) {
  const fixture = await readFixture("vae", name);
  const { imageSize, latentSize } = fixture.options as Record<"imageSize" | "latentSize", Size>;
  return { fixture, vae: parseVaeConfig(fixture.config), imageSize, latentSize };
}

describe.each(["sd15", "every-option"])("AutoencoderKL of diffusers, %s", async (name) => {
  const { fixture, vae, imageSize, latentSize } = await readCase(name);

  describe.each(parityTargets)("$provider $precision", (target) => {
    test("[N8] encodes to the mode", async () => {
      const wanted = expecting(fixture, { latent: "mode" });
      const error = await parityError(vaeEncoder, { vae, imageSize }, wanted, "", target);
      expect(error).toBeLessThan(target.limit);
    });

    test("encodes to a sample", async () => {
      const wanted = expecting(fixture, { latent: "sample" });
      const options = { vae, imageSize, sample: true };
      const error = await parityError(vaeEncoder, options, wanted, "", target);
      expect(error).toBeLessThan(target.limit);
    });

    test("[N8] decodes", async () => {
      const wanted = expecting(fixture, { pixels: "pixels" });
      const error = await parityError(vaeDecoder, { vae, latentSize }, wanted, "", target);
      expect(error).toBeLessThan(target.limit);
    });
  });

  test("uses every tensor of the checkpoint", () => {
    const encoder = buildNetwork(vaeEncoder, { vae, imageSize }).graph.weights;
    const decoder = buildNetwork(vaeDecoder, { vae, latentSize }).graph.weights;
    const used = [...encoder.keys(), ...decoder.keys()];
    expect(used.sort()).toEqual([...fixture.weights.keys()].sort());
  });
});

test("has SD-1.5's 248 tensors by name and shape", async () => {
  const { fixture, vae } = await readCase("full-size");
  const encoder = buildNetwork(vaeEncoder, { vae, imageSize: [512, 512] }).graph.weights;
  const decoder = buildNetwork(vaeDecoder, { vae, latentSize: [64, 64] }).graph.weights;
  const shapes = [...encoder, ...decoder].map(([path, { tensor }]) => [path, tensor.shape]);
  expect(Object.fromEntries(shapes)).toEqual(fixture.options["shapes"]);
  expect(shapes).toHaveLength(248);
});
