import { describe, expect, it } from "vitest";
import { vaeDecoder, vaeEncoder } from "../../packages/models/src/networks/autoencoder-kl.ts";
import { buildNetwork } from "../../packages/models/src/networks/define-network.ts";
import { parseVaeConfig } from "../../packages/models/src/networks/vae-config.ts";
import type { LoweringTarget } from "../../packages/models/src/onnx/lower/lower-graph.ts";
import { type ParityFixture, parityError, readFixture } from "./read-fixture.ts";

type Size = readonly [number, number];

async function readCase(name: string) {
  const fixture = await readFixture("vae", name);
  const { imageSize, latentSize } = fixture.options as Record<"imageSize" | "latentSize", Size>;
  return { fixture, vae: parseVaeConfig(fixture.config), imageSize, latentSize };
}

/** The fixture with one of its outputs, under the name that our network gives it. */
function asking(fixture: ParityFixture, from: string, output: string): ParityFixture {
  const wanted = fixture.outputs[from];
  if (wanted === undefined) throw new RangeError(`no output ${from}`);
  return { ...fixture, outputs: { [output]: wanted } };
}

describe.each(["sd15", "every-option"])("AutoencoderKL of diffusers, %s", async (name) => {
  const { fixture, vae, imageSize, latentSize } = await readCase(name);

  it("encodes to the mode", async () => {
    const wanted = asking(fixture, "mode", "latent");
    expect(await parityError(vaeEncoder, { vae, imageSize }, wanted)).toBeLessThan(1e-4);
  });

  it("encodes to a sample", async () => {
    const wanted = asking(fixture, "sample", "latent");
    const options = { vae, imageSize, sample: true };
    expect(await parityError(vaeEncoder, options, wanted)).toBeLessThan(1e-4);
  });

  it("decodes", async () => {
    const wanted = asking(fixture, "pixels", "pixels");
    expect(await parityError(vaeDecoder, { vae, latentSize }, wanted)).toBeLessThan(1e-4);
  });

  it("decodes alike when lowered", async () => {
    const wanted = asking(fixture, "pixels", "pixels");
    const errorAt = (target: LoweringTarget): Promise<number> =>
      parityError(vaeDecoder, { vae, latentSize }, wanted, "", target);
    expect(await errorAt({ provider: "cpu" })).toBeLessThan(1e-4);
    expect(await errorAt({ provider: "cpu", precision: "float16" })).toBeLessThan(2e-2);
  });

  it("uses every tensor of the checkpoint", () => {
    const encoder = buildNetwork(vaeEncoder, { vae, imageSize }).graph.weights;
    const decoder = buildNetwork(vaeDecoder, { vae, latentSize }).graph.weights;
    const used = [...encoder.keys(), ...decoder.keys()];
    expect(used.sort()).toEqual([...fixture.weights.keys()].sort());
  });
});

it("has SD-1.5's 248 tensors by name and shape", async () => {
  const { fixture, vae } = await readCase("full-size");
  const encoder = buildNetwork(vaeEncoder, { vae, imageSize: [512, 512] }).graph.weights;
  const decoder = buildNetwork(vaeDecoder, { vae, latentSize: [64, 64] }).graph.weights;
  const shapes = [...encoder, ...decoder].map(([path, { tensor }]) => [path, tensor.shape]);
  expect(Object.fromEntries(shapes)).toEqual(fixture.options["shapes"]);
  expect(shapes).toHaveLength(248);
});
