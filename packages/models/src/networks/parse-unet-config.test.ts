import { describe, expect, test } from "vitest";
import { ModelError } from "../errors.ts";
import { parseUnetConfig } from "./parse-unet-config.ts";

function thrown(json: unknown): string {
  try {
    parseUnetConfig(json, "unet/config.json");
  } catch (error) {
    if (error instanceof ModelError) return `${error.code} at ${error.at}: ${error.what}`;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("parseUnetConfig", () => {
  test("[N7] has diffusers' defaults; heads are what attention_head_dim says", () => {
    const config = parseUnetConfig({});
    expect(config).toMatchObject({
      sampleSize: [64, 64],
      inChannels: 4,
      outChannels: 4,
      crossAttentionDim: 1280,
      timeEmbeddingDim: 1280,
      normEps: 1e-5,
      downsamplePadding: 1,
    });
    const block = { heads: 8, onlyCrossAttention: false };
    expect(config.down).toEqual([
      { ...block, channels: 320, transformers: [1, 1] },
      { ...block, channels: 640, transformers: [1, 1] },
      { ...block, channels: 1280, transformers: [1, 1] },
      { ...block, channels: 1280, transformers: [0, 0] },
    ]);
    expect(config.up.map(({ channels }) => channels)).toEqual([1280, 1280, 640, 320]);
    expect(config.up.map(({ transformers }) => transformers)).toEqual([
      [0, 0, 0],
      [1, 1, 1],
      [1, 1, 1],
      [1, 1, 1],
    ]);
    expect(config.mid).toEqual({ ...block, channels: 1280, transformers: [1], outputScale: 1 });
  });

  test("takes lists by level, the coarsest first on the way up", () => {
    const config = parseUnetConfig({
      block_out_channels: [8, 16, 32, 32],
      norm_num_groups: 4,
      attention_head_dim: [1, 2, 4, 8],
      layers_per_block: [1, 2, 1, 3],
      sample_size: [9, 5],
    });
    expect(config.sampleSize).toEqual([9, 5]);
    expect(config.down.map(({ heads }) => heads)).toEqual([1, 2, 4, 8]);
    expect(config.up.map(({ transformers }) => transformers.length)).toEqual([4, 2, 3, 2]);
    expect(config.mid?.heads).toBe(8);
  });

  test("[N7] says which field asks for what it does not support", () => {
    const cases: readonly (readonly [Record<string, unknown>, string])[] = [
      [{ addition_embed_type: "text_time" }, "addition_embed_type"],
      [{ class_embed_type: "projection" }, "class_embed_type"],
      [{ encoder_hid_dim_type: "text_proj" }, "encoder_hid_dim_type"],
      [{ num_attention_heads: 8 }, "num_attention_heads"],
      [{ time_embedding_type: "fourier" }, "time_embedding_type"],
      [{ attention_type: "gated" }, "attention_type"],
      [{ mid_block_type: "UNetMidBlock2DSimpleCrossAttn" }, "mid_block_type"],
      [{ act_fn: "mish" }, "act_fn"],
      [{ downsample_padding: 2 }, "downsample_padding"],
      [{ norm_num_groups: null }, "norm_num_groups"],
      [{ cross_attention_dim: [768, 768, 768, 1024] }, "cross_attention_dim"],
      [
        { down_block_types: ["AttnDownBlock2D", "DownBlock2D", "DownBlock2D", "DownBlock2D"] },
        "down_block_types",
      ],
    ];
    for (const [json, field] of cases) {
      expect(thrown(json)).toContain(`config.unsupported at unet/config.json: ${field}: `);
    }
    expect(thrown({ addition_embed_type: "text_time" })).toContain('"text_time" is not supported');
  });

  test("says which field is not what it must be", () => {
    const cases: readonly (readonly [unknown, string])[] = [
      [[], ""],
      [{ in_channels: "4" }, ": in_channels"],
      [{ block_out_channels: [320, 640] }, ": block_out_channels"],
      [{ attention_head_dim: [8, 8] }, ": attention_head_dim"],
      [{ attention_head_dim: 7 }, ": attention_head_dim"],
      [{ norm_num_groups: 48 }, ": norm_num_groups"],
      [{ up_block_types: ["UpBlock2D"] }, ": up_block_types"],
      [{ down_block_types: "DownBlock2D" }, ": down_block_types"],
      [{ sample_size: [64] }, ": sample_size"],
      [{ only_cross_attention: "yes" }, ": only_cross_attention"],
      [
        { transformer_layers_per_block: [1, [1, 1], 1, 1] },
        ": reverse_transformer_layers_per_block",
      ],
      [{ transformer_layers_per_block: [1, 1] }, ": transformer_layers_per_block"],
    ];
    for (const [json, field] of cases) {
      expect(thrown(json)).toContain(`config.field at unet/config.json${field}: needs `);
    }
  });
});
