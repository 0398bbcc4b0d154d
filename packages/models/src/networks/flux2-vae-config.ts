import { configFields, unsupported } from "./config-fields.ts";
import { parseVaeConfig, type VaeConfig } from "./vae-config.ts";

const four = (name: string): readonly string[] => Array<string>(4).fill(name);

/** What diffusers' AutoencoderKLFlux2 has where its config says nothing. */
const standard = {
  block_out_channels: [128, 256, 512, 512],
  down_block_types: four("DownEncoderBlock2D"),
  up_block_types: four("UpDecoderBlock2D"),
  layers_per_block: 2,
  latent_channels: 32,
};

/**
 * FLUX.2's autoencoder from its `config.json`, and what is added to the variances of its latents' channels.
 * Throws: config.field, config.unsupported.
 */
export function parseFlux2VaeConfig(
  json: Readonly<Record<string, unknown>>,
  at?: string,
): { readonly vae: VaeConfig; readonly epsilon: number } {
  const fields = configFields(json, at);
  if (fields.has("decoder_block_out_channels")) {
    throw unsupported(`${fields.at}: decoder_block_out_channels`, "a decoder of other widths.");
  }
  const sides = fields.numbers("patch_size", 2, [2, 2]);
  if (sides.some((side) => side !== 2)) {
    throw unsupported(`${fields.at}: patch_size`, `squares of ${sides.join(" x ")}.`);
  }
  return {
    vae: parseVaeConfig({ ...standard, ...json }, at),
    epsilon: fields.number("batch_norm_eps", 1e-4),
  };
}
