import { describe, expect, it } from "vitest";
import { ipAdapterModel } from "./ip-adapter.ts";
import { miniParts, runContext } from "./node-run.fixture.ts";
import { tinyCheckpoint } from "./tiny-checkpoint.fixture.ts";
import { tinyIpAdapter } from "./tiny-ip-adapter.fixture.ts";
import { unetModel } from "./unet.ts";

const openUnet = () => unetModel.run({}, { checkpoint: tinyCheckpoint }, runContext());

describe("model.ip-adapter", () => {
  it("sets both projections of every cross-attention into the UNet, and leaves the rest", async () => {
    const { model } = await openUnet();
    const found = await ipAdapterModel.run({ model }, tinyIpAdapter, runContext());
    const added = [...found.model.weights.keys()].filter((key) => !model.weights.has(key));
    const path = "down_blocks.0.attentions.0.transformer_blocks.0.attn2.processor";
    expect(added).toContain(`${path}.to_k_ip.0.weight`);
    expect(added.every((key) => /attn2\.processor\.to_[kv]_ip\.0\.weight$/.test(key))).toBe(true);
    const crossing = [...model.weights.keys()].filter((key) => key.endsWith("attn2.to_k.weight"));
    expect(added).toHaveLength(2 * crossing.length);
    expect(found.model.digest).not.toBe(model.digest);
    expect(found.adapter.projection).toEqual({
      kind: "plain",
      config: { embeds: 10, tokens: 4, width: 24 },
    });
  });

  it("refuses a network that has an image half of its own", async () => {
    const { unet } = await miniParts;
    const run = ipAdapterModel.run({ model: unet }, tinyIpAdapter, runContext());
    await expect(run).rejects.toMatchObject({ at: { path: "inputs.model" } });
  });

  it("says what a file that is no IP-Adapter lacks", async () => {
    const { model } = await openUnet();
    const wrong = { ...tinyIpAdapter, adapter: tinyIpAdapter.imageEncoder };
    const run = ipAdapterModel.run({ model }, wrong, runContext());
    await expect(run).rejects.toMatchObject({ code: "node.bad-input" });
  });
});
