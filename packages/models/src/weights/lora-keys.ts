/** What a key of a LoRA file says. */
export interface LoraKey {
  /** Undefined where the file holds one network and does not name it. */
  readonly part: "unet" | "text_encoder" | undefined;
  /** Path of the layer; in kohya's files with underscores for dots. */
  readonly layer: string;
  readonly role: "down" | "up" | "alpha";
  /** A kind of adapter that is no plain LoRA. */
  readonly unsupported?: string;
}

/** How each family ends its keys; PEFT puts the adapter's name before `weight`. */
const endings: readonly (readonly [RegExp, LoraKey["role"]])[] = [
  [/\.lora_down\.weight$/, "down"],
  [/\.lora_up\.weight$/, "up"],
  [/\.lora_A(?:\.[^.]+)?\.weight$/, "down"],
  [/\.lora_B(?:\.[^.]+)?\.weight$/, "up"],
  [/(?:\.lora\.|_lora\.|\.lora_linear_layer\.)down\.weight$/, "down"],
  [/(?:\.lora\.|_lora\.|\.lora_linear_layer\.)up\.weight$/, "up"],
  [/(?:\.lora|_lora|\.lora_linear_layer)?\.alpha$/, "alpha"],
];

const others: readonly (readonly [RegExp, string])[] = [
  [/\.hada_w[12]_[ab]$|\.hada_t[12]$/, "LoHa"],
  [/\.lokr_w[12](_[ab])?$|\.lokr_t2$/, "LoKr"],
  [/\.(dora_scale|lora_magnitude_vector(\.[^.]+)?(\.weight)?)$/, "DoRA"],
  [/\.lora_mid\.weight$/, "LoCon's Tucker form"],
  [/\.(oft_\w+|oft_blocks)$/, "OFT"],
  [/\.(diff|diff_b|lora_bias|lora_B\.bias)$/, "a full difference"],
];

const prefixes: readonly (readonly [RegExp, LoraKey["part"]])[] = [
  [/^lora_unet_/, "unet"],
  [/^lora_te1?_/, "text_encoder"],
  [/^unet\.(?:base_model\.model\.)?/, "unet"],
  [/^text_encoder\.(?:base_model\.model\.)?/, "text_encoder"],
  [/^base_model\.model\./, undefined],
];

/** Where a text encoder's attention has other names than a UNet's. */
const textProjections: Readonly<Record<string, string>> = {
  to_q: "q_proj",
  to_k: "k_proj",
  to_v: "v_proj",
  to_out: "out_proj",
};

/**
 * The module that diffusers' first LoRAs mean: they lay in the attention's processor, under a UNet's names in a text
 * encoder as well, and their `to_out` is the first of two modules.
 */
function plainLayer(layer: string): string {
  return layer.replace(/(\.self_attn)?(?:\.processor)?\.(to_[qkv]|to_out)$/, (_, text, name) => {
    if (text !== undefined) return `${text}.${textProjections[name]}`;
    return name === "to_out" ? ".to_out.0" : `.${name}`;
  });
}

function withoutPrefix(key: string): Pick<LoraKey, "part" | "layer"> {
  for (const [pattern, part] of prefixes) {
    if (pattern.test(key)) return { part, layer: key.replace(pattern, "") };
  }
  return { part: undefined, layer: key };
}

/** Reads one key of a LoRA file; undefined for a key of another kind of file. */
export function readLoraKey(key: string): LoraKey | undefined {
  for (const [pattern, unsupported] of others) {
    if (pattern.test(key)) return { ...withoutPrefix(key), role: "down", unsupported };
  }
  for (const [pattern, role] of endings) {
    if (!pattern.test(key)) continue;
    const { part, layer } = withoutPrefix(key.replace(pattern, ""));
    return { part, layer: plainLayer(layer), role };
  }
  return undefined;
}
