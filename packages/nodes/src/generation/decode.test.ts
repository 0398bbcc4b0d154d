import { paintLatent } from "@insightgraph/editing/architectures";
import { psnr } from "@insightgraph/editing/metrics";
import { resizePicture } from "@insightgraph/editing/pictures";
import { describe, expect, test } from "vitest";
import { heldOutScene, miniParts, runContext } from "../model/node-run.fixture.ts";
import { generationDecode } from "./decode.ts";

describe("generation.decode", () => {
  test("inverts the encoder and agrees with the preview's linear map", async () => {
    const [{ vae }, { source }] = [await miniParts, await heldOutScene()];
    const context = runContext();
    const latent = await vae.encode(context, source, 512);
    const { image } = await generationDecode.run({ latent, model: vae }, {}, context);
    expect(psnr.measure(image, resizePicture(source, image.width, image.height))).toBeGreaterThan(
      30,
    );
    // Rounding of half-precision weights and of 8 bits.
    expect(psnr.measure(image, paintLatent(latent))).toBeGreaterThan(55);
  });

  test("takes the size of the source", async () => {
    const [{ vae }, { source }] = [await miniParts, await heldOutScene()];
    const context = runContext();
    const large = resizePicture(source, 200, 120);
    const latent = await vae.encode(context, large, 512);
    const { image } = await generationDecode.run(
      { latent, source: large, model: vae },
      {},
      context,
    );
    expect([image.width, image.height]).toEqual([200, 120]);
  });
});
