import { type Activation, activationNames } from "../layers/activation.ts";
import { configFields, unsupported } from "./config-fields.ts";
import { fieldError, isCount, type Json } from "./json-field.ts";

/** An AutoencoderKL with every default written out; levels begin with the finest. */
export interface VaeConfig {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly latentChannels: number;
  readonly blockOutChannels: readonly number[];
  readonly layersPerBlock: number;
  readonly activation: Activation;
  readonly normNumGroups: number;
  readonly middleAttends: boolean;
  readonly useQuantConv: boolean;
  readonly usePostQuantConv: boolean;
  /** A denoising network's latent is (latent - shift) * scale. */
  readonly scalingFactor: number;
  readonly shiftFactor: number;
}

function checkTypes(json: Json, at: string, name: string, type: string, levels: number): void {
  const found: unknown = json[name] ?? [type];
  const isList = Array.isArray(found) && found.length === levels;
  if (!isList) throw fieldError(at, name, `a list of ${levels} names`, found);
  const other = found.find((one) => one !== type);
  if (other !== undefined) throw unsupported(`${at}: ${name}`, `${String(other)} is no ${type}.`);
}

/**
 * Reads the config.json of an AutoencoderKL, with diffusers' class defaults for what it leaves out.
 * Throws: config.field, config.unsupported.
 * Source: diffusers' AutoencoderKL.
 */
export function parseVaeConfig(json: unknown, at = "config.json"): VaeConfig {
  const fields = configFields(json, at);
  const raw = json as Json;
  const channels: unknown = raw["block_out_channels"] ?? [64];
  const isList = Array.isArray(channels) && channels.length > 0 && channels.every(isCount);
  if (!isList) throw fieldError(at, "block_out_channels", "a list of whole numbers", channels);
  checkTypes(raw, at, "down_block_types", "DownEncoderBlock2D", channels.length);
  checkTypes(raw, at, "up_block_types", "UpDecoderBlock2D", channels.length);
  for (const name of ["latents_mean", "latents_std"]) {
    if (fields.has(name)) throw unsupported(`${at}: ${name}`, "one scale for each channel.");
  }
  const groups = fields.integer("norm_num_groups", 32);
  const odd = channels.find((width) => width % groups !== 0);
  if (odd !== undefined) throw fieldError(at, "norm_num_groups", `a divisor of ${odd}`, groups);
  return {
    inChannels: fields.integer("in_channels", 3),
    outChannels: fields.integer("out_channels", 3),
    latentChannels: fields.integer("latent_channels", 4),
    blockOutChannels: channels,
    layersPerBlock: fields.integer("layers_per_block", 1),
    activation: fields.choice("act_fn", activationNames, "silu"),
    normNumGroups: groups,
    middleAttends: fields.flag("mid_block_add_attention", true),
    useQuantConv: fields.flag("use_quant_conv", true),
    usePostQuantConv: fields.flag("use_post_quant_conv", true),
    scalingFactor: fields.number("scaling_factor", 0.18215),
    shiftFactor: fields.number("shift_factor", 0),
  };
}
