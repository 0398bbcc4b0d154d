import { openSession } from "@insightgraph/engine/runtime";
import { describe, expect, test } from "vitest";
import { emitOnnx } from "../networks/define-network.ts";
import { patchDecoder, patchEncoder } from "../networks/patch-autoencoder.ts";
import { fitPatchAutoencoder, type PixelSource } from "./patch-components.ts";
import { uniformFrom } from "./random.ts";

const [imageSize, patchSize] = [8, 4];

interface Passed {
  readonly latent: readonly Float32Array[];
  readonly pixels: readonly Float32Array[];
}

/** Fits to pictures, then encodes and decodes them. */
async function passed(pictures: PixelSource, latentChannels: number): Promise<Passed> {
  const config = { imageSize, patchSize, latentChannels };
  const weights = fitPatchAutoencoder(pictures, config);
  const open = (
    network: typeof patchEncoder | typeof patchDecoder,
  ): ReturnType<typeof openSession> =>
    openSession(emitOnnx(network as typeof patchEncoder, config, weights, "vae"), { threads: 1 });
  const [encoder, decoder] = [await open(patchEncoder), await open(patchDecoder)];
  const latents: Float32Array[] = [];
  const decoded: Float32Array[] = [];
  for (const data of pictures) {
    const pixels = { dtype: "float32", shape: [1, 3, imageSize, imageSize], data } as const;
    const { latent } = await encoder.run({ pixels });
    if (latent === undefined) throw new RangeError();
    const { pixels: back } = await decoder.run({ latent });
    latents.push(latent.data as Float32Array);
    decoded.push(back?.data as Float32Array);
  }
  await encoder.close();
  await decoder.close();
  return { latent: latents, pixels: decoded };
}

const farthest = (found: PixelSource, wanted: PixelSource): number =>
  wanted.reduce(
    (worst, picture, index) =>
      picture.reduce(
        (n, value, at) => Math.max(n, Math.abs(value - (found[index]?.[at] ?? Number.NaN))),
        worst,
      ),
    0,
  );

/** Pictures whose every pixel is drawn for itself. */
function noisy(count: number): PixelSource {
  const next = uniformFrom(5);
  return Array.from({ length: count }, () =>
    Float32Array.from({ length: 3 * imageSize ** 2 }, () => 2 * next() - 1),
  );
}

/** Pictures of four flat patches each. */
function flat(count: number): PixelSource {
  const next = uniformFrom(6);
  return Array.from({ length: count }, () => {
    const colours = Array.from({ length: 12 }, () => 2 * next() - 1);
    return Float32Array.from({ length: 3 * imageSize ** 2 }, (_, at) => {
      const [y, x] = [Math.floor(at / imageSize) % imageSize, at % imageSize];
      const patch = 2 * Math.floor(y / patchSize) + Math.floor(x / patchSize);
      return colours[3 * patch + Math.floor(at / imageSize ** 2)] ?? Number.NaN;
    });
  });
}

describe("fitPatchAutoencoder", () => {
  test("loses nothing when a patch has as many channels as numbers", async () => {
    const pictures = noisy(24);
    const { pixels } = await passed(pictures, 3 * patchSize ** 2);
    // Sums of 48 products in single precision; a grey level is 0.008.
    expect(farthest(pixels, pictures)).toBeLessThan(1e-5);
  });

  test("loses nothing of flat patches in three channels", async () => {
    const pictures = flat(24);
    const { pixels } = await passed(pictures, 3);
    expect(farthest(pixels, pictures)).toBeLessThan(1e-5);
  });

  test("scales latents to zero mean and unit mean square", async () => {
    const { latent } = await passed(flat(24), 3);
    const all = latent.flatMap((values) => [...values]);
    const mean = all.reduce((a, b) => a + b, 0) / all.length;
    const square = all.reduce((sum, value) => sum + value ** 2, 0) / all.length;
    expect(mean).toBeCloseTo(0, 5);
    expect(square).toBeCloseTo(1, 5);
  });
});
