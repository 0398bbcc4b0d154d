import { byRules, type KeyMap } from "./key-map.ts";

/** LLaVA as transformers write it; newer ones leave `vision_model` out, and some keep all below `model`. */
export const transformersLlava: KeyMap = {
  name: "transformers' LLaVA",
  matches: (keys) => [...keys].some((key) => /^(model\.)?multi_modal_projector\./.test(key)),
  rename: byRules([
    [/^(?:model\.)?multi_modal_projector\.linear_1\./, "mm_projector.0."],
    [/^(?:model\.)?multi_modal_projector\.linear_2\./, "mm_projector.2."],
    [/^(?:model\.)?vision_tower\.(?:vision_model\.)?/, "vision_tower.vision_model."],
    [/^language_model\.model\./, "model."],
    [/^model\.language_model\./, "model."],
  ]),
};

/** LLaVA as its authors write it, the tower beside it or inside. */
export const originalLlava: KeyMap = {
  name: "LLaVA",
  matches: (keys) => [...keys].some((key) => key.startsWith("model.mm_projector.")),
  rename: byRules([
    [/^model\.mm_projector\./, "mm_projector."],
    [/^model\.vision_tower\.vision_tower\.(?:vision_model\.)?/, "vision_tower.vision_model."],
    [/^(?=model\.(?:embed_tokens|layers|norm)\.)/, ""],
    [/^(?=extra_embed_tokens\.)/, ""],
  ]),
};
