import { paintLatent } from "@insightgraph/editing/architectures";
import { psnr } from "@insightgraph/editing/metrics";
import { resizePicture } from "@insightgraph/editing/pictures";
import { insightEditMini } from "@insightgraph/models";
import { describe, expect, test } from "vitest";
import { heldOutScene, miniParts, runContext } from "../model/node-run.fixture.ts";
import { generationEncode } from "./encode.ts";

describe("generation.encode", () => {
  test("keeps a scene recognisable in its latent, which paints itself", async () => {
    const [{ vae }, { source }] = [await miniParts, await heldOutScene()];
    const { latent } = await generationEncode.run(
      { image: source, model: vae },
      { longerSide: 512 },
      runContext(),
    );
    const { imageSize, patchSize, latentChannels } = insightEditMini(252).vae;
    const side = imageSize / patchSize;
    expect(latent.tensor.shape).toEqual([1, latentChannels, side, side]);
    // Half the components of each patch are kept; the notes expect 33 dB of them.
    expect(
      psnr.measure(paintLatent(latent), resizePicture(source, imageSize, imageSize)),
    ).toBeGreaterThan(30);
  });
});
