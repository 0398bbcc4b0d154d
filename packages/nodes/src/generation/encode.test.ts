import { describe, expect, it } from "vitest";
import { psnr } from "../evaluation/picture-error.ts";
import { heldOutScene, miniParts, runContext } from "../model/node-run.fixture.ts";
import { encode } from "./encode.ts";
import { paintLatent } from "./latent.ts";

describe("generation.encode", () => {
  it("keeps a scene recognisable in its latent, which paints itself", async () => {
    const [{ vae }, { source }] = [await miniParts, await heldOutScene()];
    const { latent } = await encode.run({ image: source, model: vae }, {}, runContext());
    expect(latent.tensor.shape).toEqual([1, 24, 16, 16]);
    // Half the components of each patch are kept; the notes expect 33 dB of them.
    expect(psnr(paintLatent(latent), source)).toBeGreaterThan(30);
  });
});
