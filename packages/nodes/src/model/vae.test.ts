import { describe, expect, it } from "vitest";
import { runContext } from "./node-run.fixture.ts";
import { tinyCheckpoint } from "./tiny-checkpoint.fixture.ts";
import { vaeModel } from "./vae.ts";

describe("model.vae", () => {
  it("gives the autoencoder with its scaling", async () => {
    const { model } = await vaeModel.run({}, { checkpoint: tinyCheckpoint }, runContext());
    if (model.kind !== "diffusers") throw new TypeError();
    expect(model.config).toMatchObject({ latentChannels: 4, scalingFactor: 0.18215 });
    expect(model.weights.has("decoder.mid_block.attentions.0.to_q.weight")).toBe(true);
  });
});
