import { byRules, type KeyMap } from "./key-map.ts";

/** Its UNet is diffusers' under a prefix. */
export const smartEditUnet: KeyMap = {
  name: "SmartEdit's UNet",
  matches: (keys) => keys.has("unet.conv_in.weight"),
  rename: byRules([[/^unet\./, ""]]),
};

/** Q-Former, its queries and the projector; the embedding table, where an older upload has it, is the language model's. */
export const smartEditQFormer: KeyMap = {
  name: "SmartEdit's Q-Former",
  matches: (keys) => keys.has("sd_query_tokens"),
  rename: byRules([
    [/^(?=sd_query_tokens$)/, ""],
    // The numbers of the places, which no network needs.
    [/^(?=sd_qformer\.(?!embeddings\.position_ids$))/, ""],
    [/^(?=mm_projector\.)/, ""],
    // Interaction module and adapter, where one file holds them as well.
    [/^(?=modulate_|pe_layer\.|dimension_reduction_head_|image_alignment_adapter\.)/, ""],
  ]),
};

/** What stage 1 writes of the Q-Former, before it was renamed for stage 2. */
export const smartEditStageOne: KeyMap = {
  name: "SmartEdit's text alignment",
  matches: (keys) => keys.has("query_tokens"),
  rename: byRules([
    [/^query_tokens$/, "sd_query_tokens"],
    [/^qformer\.(?!embeddings\.position_ids$)/, "sd_qformer."],
  ]),
};

const wrapper = "model.base_model.model.";

/** The language model with its unmerged LoRA, as PEFT wrapped it; newer PEFT puts a weight under `base_layer`. */
export const smartEditLanguageModel: KeyMap = {
  name: "SmartEdit's language model",
  matches: (keys) => [...keys].some((key) => key.startsWith(wrapper)),
  rename(key) {
    // Frequencies follow from the width.
    if (!key.startsWith(wrapper) || key.endsWith(".rotary_emb.inv_freq")) return undefined;
    const inner = key.slice(wrapper.length).replace(/\.base_layer(?=\.weight$)/, "");
    return `model.${inner.replace(/^model\./, "")}`;
  },
};
