import { byRules, type KeyMap } from "./key-map.ts";

const prefix = "first_stage_model.";
const shortcut = (part: string): string => (part === "nin_shortcut" ? "conv_shortcut" : part);

const attention: Readonly<Record<string, string>> = {
  norm: "group_norm",
  q: "to_q",
  k: "to_k",
  v: "to_v",
  proj_out: "to_out.0",
};

/** The autoencoder of a single-file checkpoint, to AutoencoderKL; the decoder counts its levels from the other end. */
export function ldmVae(levels = 4): KeyMap {
  const rename = byRules([
    [
      /^encoder\.down\.(\d+)\.block\.(\d+)\.(\w+)/,
      (level = "", layer = "", part = "") =>
        `encoder.down_blocks.${level}.resnets.${layer}.${shortcut(part)}`,
    ],
    [/^encoder\.down\.(\d+)\.downsample\.conv/, "encoder.down_blocks.$1.downsamplers.0.conv"],
    [
      /^decoder\.up\.(\d+)\.block\.(\d+)\.(\w+)/,
      (level = "", layer = "", part = "") =>
        `decoder.up_blocks.${levels - 1 - Number(level)}.resnets.${layer}.${shortcut(part)}`,
    ],
    [
      /^decoder\.up\.(\d+)\.upsample\.conv/,
      (level = "") => `decoder.up_blocks.${levels - 1 - Number(level)}.upsamplers.0.conv`,
    ],
    [
      /^(encoder|decoder)\.mid\.block_([12])\.(\w+)/,
      (half = "", block = "", part = "") =>
        `${half}.mid_block.resnets.${Number(block) - 1}.${shortcut(part)}`,
    ],
    [
      /^(encoder|decoder)\.mid\.attn_1\.(norm|q|k|v|proj_out)\b/,
      (half = "", part = "") => `${half}.mid_block.attentions.0.${attention[part]}`,
    ],
    [/^(encoder|decoder)\.norm_out/, "$1.conv_norm_out"],
    [/^((?:encoder|decoder)\.conv_(?:in|out)|(?:post_)?quant_conv)/, "$1"],
  ]);
  return {
    name: "latent diffusion's autoencoder",
    matches: (keys) => keys.has(`${prefix}decoder.conv_in.weight`),
    rename: (key) => (key.startsWith(prefix) ? rename(key.slice(prefix.length)) : undefined),
  };
}
