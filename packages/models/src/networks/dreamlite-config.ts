import { type Activation, activationNames } from "../layers/activation.ts";
import { type ConfigFields, configFields, unsupported } from "./config-fields.ts";

/** One resolution of a DreamLite U-Net, on the way down, up or at the bottom. */
export interface DreamliteBlock {
  readonly channels: number;
  readonly heads: number;
  /** Resnet blocks; each is followed by a transformer where the block attends. */
  readonly resnets: number;
  /** Layers of each transformer; 0 without attention. */
  readonly depth: number;
  /** Whether pixels look at each other before they look at the text. */
  readonly hasSelfAttention: boolean;
}

/** A DreamLite U-Net; `down` begins with the finest level, `up` with the coarsest. */
export interface DreamliteConfig {
  readonly inChannels: number;
  readonly outChannels: number;
  readonly activation: Activation;
  readonly groups: number;
  readonly epsilon: number;
  /** Width of the language model's states. */
  readonly textWidth: number;
  readonly crossWidth: number;
  readonly timeWidth: number;
  /** Waves for each of the two numbers that say how large the picture is. */
  readonly sizeWaves: number;
  /** Heads of keys and values. */
  readonly keyHeads: number;
  readonly hiddenFactor: number;
  readonly isSeparable: boolean;
  readonly usesLinear: boolean;
  readonly down: readonly DreamliteBlock[];
  readonly mid: DreamliteBlock;
  readonly up: readonly DreamliteBlock[];
}

/** What a block's name says: whether it attends, and whether to itself. Both spellings of DreamLite's checkpoints. */
const kinds: Readonly<Record<string, "none" | "cross" | "both">> = {
  CrossAttnNoSelfAttn: "cross",
  CrossAttnRemoveSelfAttn: "cross",
  CrossAttn: "both",
  "": "none",
};

function kindOf(name: string, way: "Down" | "Up", at: string) {
  const bare = name
    .replace(/^DreamLite/, "")
    .replace(/V1$/, "")
    .replace(`${way}RemoveSelfAttnBlock2D`, `RemoveSelfAttn${way}Block2D`)
    .replace(`${way}Block2D`, "");
  const kind = kinds[bare];
  if (kind !== undefined) return kind;
  throw unsupported(at, `${name} is no block of a DreamLite U-Net.`);
}

/** One value for every level, or a list of one each. */
function perLevel(fields: ConfigFields, name: string, levels: number, standard: number): number[] {
  const found = fields.raw(name) ?? standard;
  return Array.isArray(found)
    ? [...fields.numbers(name, levels)]
    : Array<number>(levels).fill(fields.integer(name, standard));
}

const namesIn = (fields: ConfigFields, name: string): readonly string[] => {
  const found = fields.raw(name);
  if (Array.isArray(found) && found.every((one) => typeof one === "string")) return found;
  throw unsupported(`${fields.at}: ${name}`, "not a list of names.");
};

function refuseOthers(fields: ConfigFields): void {
  fields.choice("encoder_hid_dim_type", ["text_proj_rms"]);
  fields.choice("addition_embed_type", ["time"]);
  fields.choice("qk_norm", ["rms_norm"], "rms_norm");
  fields.choice("resnet_time_scale_shift", ["default"], "default");
  const others = ["center_input_sample", "only_cross_attention", "dual_cross_attention"];
  const wanted = others.find((name) => fields.flag(name, false));
  if (wanted !== undefined) throw unsupported(`${fields.at}: ${wanted}`, "true is not supported.");
}

/**
 * A DreamLite U-Net from its `config.json`; what is missing has diffusers' defaults.
 * Throws: config.field, config.unsupported.
 */
export function parseDreamliteConfig(json: unknown, at?: string): DreamliteConfig {
  const fields = configFields(json, at);
  refuseOthers(fields);
  const [downNames, upNames] = [
    namesIn(fields, "down_block_types"),
    namesIn(fields, "up_block_types"),
  ];
  const levels = downNames.length;
  const channels = fields.numbers("block_out_channels", levels);
  const resnets = perLevel(fields, "layers_per_block", levels, 2);
  const heads = perLevel(fields, "attention_head_dim", levels, 64);
  const depths = perLevel(fields, "transformer_layers_per_block", levels, 1);
  const block = (level: number, kind: "none" | "cross" | "both", extra: number) => ({
    channels: channels[level] ?? 0,
    heads: heads[level] ?? 1,
    resnets: (resnets[level] ?? 0) + extra,
    depth: kind === "none" ? 0 : (depths[level] ?? 0),
    hasSelfAttention: kind === "both",
  });
  const last = levels - 1;
  const place = (name: string): string => `${fields.at}: ${name}`;
  return {
    inChannels: fields.integer("in_channels", 4),
    outChannels: fields.integer("out_channels", 4),
    activation: fields.choice("act_fn", activationNames, "silu"),
    groups: fields.integer("norm_num_groups", 32),
    epsilon: fields.number("norm_eps", 1e-5),
    textWidth: fields.integer("encoder_hid_dim"),
    crossWidth: fields.integer("cross_attention_dim", 2048),
    timeWidth: fields.integer("time_embedding_dim", 4 * (channels[0] ?? 0)),
    sizeWaves: fields.integer("addition_time_embed_dim"),
    keyHeads: fields.integer("num_kv_heads", 1),
    hiddenFactor: fields.integer("ff_mult", 6),
    isSeparable: fields.flag("use_sep_conv", true),
    usesLinear: fields.flag("use_linear_projection", false),
    down: downNames.map((name, level) =>
      block(level, kindOf(name, "Down", place("down_block_types")), 0),
    ),
    mid: { ...block(last, "both", 0), resnets: 1 },
    up: upNames.map((name, at) => block(last - at, kindOf(name, "Up", place("up_block_types")), 1)),
  };
}
