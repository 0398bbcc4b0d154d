import { activationNames } from "../layers/activation.ts";
import { type ConfigFields, configFields, unsupported } from "./config-fields.ts";
import { fieldError, isCount, type Json } from "./json-field.ts";
import type { UnetBlock, UnetConfig } from "./unet-config.ts";
import { blocksOf } from "./unet-levels.ts";

/** Fields that have one supported value, which is also their default; null counts as false. */
const fixed: Json = {
  dual_cross_attention: false,
  num_attention_heads: null,
  class_embed_type: null,
  num_class_embeds: null,
  addition_embed_type: null,
  resnet_skip_time_act: false,
  resnet_out_scale_factor: 1,
  time_embedding_type: "positional",
  time_embedding_act_fn: null,
  timestep_post_act: null,
  time_cond_proj_dim: null,
  attention_type: "default",
  class_embeddings_concat: false,
  mid_block_only_cross_attention: null,
  cross_attention_norm: null,
};

function checkFixed(json: Json, at: string): void {
  for (const [name, wanted] of Object.entries(fixed)) {
    const found = json[name] ?? wanted;
    if (found === wanted || (wanted === null && found === false)) continue;
    throw unsupported(
      `${at}: ${name}`,
      `${JSON.stringify(found)} is not supported, only ${JSON.stringify(wanted)}.`,
    );
  }
  // What diffusers writes after an IP-Adapter was loaded; its projection is a network of its own.
  const hidden = json["encoder_hid_dim_type"] ?? null;
  if (hidden === null || hidden === "ip_image_proj") return;
  throw unsupported(`${at}: encoder_hid_dim_type`, `${JSON.stringify(hidden)} is not supported.`);
}

function sampleSizeOf(json: Json, at: string): readonly [number, number] {
  const found: unknown = json["sample_size"] ?? 64;
  const sides: readonly unknown[] = Array.isArray(found) ? found : [found, found];
  const [height, width] = sides;
  if (sides.length === 2 && isCount(height) && isCount(width)) return [height, width];
  throw fieldError(at, "sample_size", "a whole number, or height and width", found);
}

function downsamplePaddingOf(fields: ConfigFields): 0 | 1 {
  const found = fields.number("downsample_padding", 1);
  if (found === 0 || found === 1) return found;
  throw unsupported(`${fields.at}: downsample_padding`, `${found} is neither 0 nor 1.`);
}

function normNumGroupsOf(fields: ConfigFields, json: Json, down: readonly UnetBlock[]): number {
  const name = "norm_num_groups";
  if (json[name] === null) throw unsupported(`${fields.at}: ${name}`, "a network without norms.");
  const groups = fields.integer(name, 32);
  const odd = down.find(({ channels }) => channels % groups !== 0);
  if (odd === undefined) return groups;
  throw fieldError(fields.at, name, `a divisor of ${odd.channels}`, groups);
}

/**
 * Reads the config.json of a UNet2DConditionModel, with diffusers' class defaults for what it leaves out.
 * `attention_head_dim` counts heads, in spite of its name.
 * Throws: config.field, config.unsupported.
 * Source: diffusers' UNet2DConditionModel.
 */
export function parseUnetConfig(json: unknown, at = "config.json"): UnetConfig {
  const fields = configFields(json, at);
  const raw = json as Json;
  checkFixed(raw, at);
  const blocks = blocksOf(raw, at);
  const first = blocks.down[0]?.channels ?? 0;
  const groups = normNumGroupsOf(fields, raw, blocks.down);
  return {
    ...blocks,
    sampleSize: sampleSizeOf(raw, at),
    inChannels: fields.integer("in_channels", 4),
    outChannels: fields.integer("out_channels", 4),
    centerInputSample: fields.flag("center_input_sample", false),
    flipSinToCos: fields.flag("flip_sin_to_cos", true),
    freqShift: fields.number("freq_shift", 0),
    timeEmbeddingDim: fields.integer("time_embedding_dim", 4 * first),
    timeMode:
      fields.choice("resnet_time_scale_shift", ["default", "scale_shift"], "default") === "default"
        ? "shift"
        : "scale-shift",
    activation: fields.choice("act_fn", activationNames, "silu"),
    normNumGroups: groups,
    normEps: fields.number("norm_eps", 1e-5),
    convInKernel: fields.integer("conv_in_kernel", 3),
    convOutKernel: fields.integer("conv_out_kernel", 3),
    downsamplePadding: downsamplePaddingOf(fields),
    useLinearProjection: fields.flag("use_linear_projection", false),
  };
}
