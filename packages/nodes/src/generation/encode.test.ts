import { describe, expect, it } from "vitest";
import { psnr } from "../evaluation/picture-error.ts";
import { heldOutScene, miniParts, runContext } from "../model/node-run.fixture.ts";
import { encode } from "./encode.ts";
import { paintLatent } from "./latent.ts";
import { resizePicture } from "./pixels.ts";

describe("generation.encode", () => {
  it("keeps a scene recognisable in its latent, which paints itself", async () => {
    const [{ vae }, { source }] = [await miniParts, await heldOutScene()];
    const { latent } = await encode.run(
      { image: source, model: vae },
      { longerSide: 512 },
      runContext(),
    );
    const { imageSize, patchSize, latentChannels } = (await miniParts).vae.config.vae;
    const side = imageSize / patchSize;
    expect(latent.tensor.shape).toEqual([1, latentChannels, side, side]);
    // Half the components of each patch are kept; the notes expect 33 dB of them.
    expect(psnr(paintLatent(latent), resizePicture(source, imageSize, imageSize))).toBeGreaterThan(
      30,
    );
  });
});
