/** The config.json of each part of a checkpoint in diffusers' layout, as far as class defaults do not say it. */
export interface CheckpointConfigs {
  readonly unet: Readonly<Record<string, unknown>>;
  readonly vae: Readonly<Record<string, unknown>>;
  readonly text: Readonly<Record<string, unknown>>;
  /** Sides of the picture in pixels. */
  readonly side: number;
}

const clipLarge = { hidden_size: 768, intermediate_size: 3072, num_attention_heads: 12 };

/** InstructPix2Pix's sizes, which are SD-1.5's with eight channels in. */
const full: CheckpointConfigs = {
  side: 512,
  unet: {
    sample_size: 64,
    in_channels: 8,
    out_channels: 4,
    block_out_channels: [320, 640, 1280, 1280],
    down_block_types: [...Array(3).fill("CrossAttnDownBlock2D"), "DownBlock2D"],
    up_block_types: ["UpBlock2D", ...Array(3).fill("CrossAttnUpBlock2D")],
    layers_per_block: 2,
    attention_head_dim: 8,
    cross_attention_dim: 768,
    norm_num_groups: 32,
  },
  vae: {
    block_out_channels: [128, 256, 512, 512],
    down_block_types: Array(4).fill("DownEncoderBlock2D"),
    up_block_types: Array(4).fill("UpDecoderBlock2D"),
    layers_per_block: 2,
    sample_size: 512,
  },
  text: { ...clipLarge, num_hidden_layers: 12, vocab_size: 49_408, eos_token_id: 523 },
};

/** The same structure, narrow: what a rehearsal takes. */
const small: CheckpointConfigs = {
  side: 64,
  unet: {
    ...full.unet,
    sample_size: 8,
    block_out_channels: [32, 64, 64, 64],
    attention_head_dim: 4,
    cross_attention_dim: 24,
    norm_num_groups: 16,
  },
  vae: { ...full.vae, block_out_channels: [16, 16, 32, 32], norm_num_groups: 8, sample_size: 64 },
  text: {
    ...{ hidden_size: 24, intermediate_size: 40, num_attention_heads: 4 },
    ...{ num_hidden_layers: 2, vocab_size: 524, eos_token_id: 523 },
  },
};

export const checkpointConfigs = { full, small } as const;
