import { byRules, type KeyMap } from "./key-map.ts";

/** Qwen3 without vision: named here as the language model within a Qwen3-VL. */
export const bareQwen: KeyMap = {
  name: "transformers' Qwen3",
  matches: (keys) => keys.has("model.embed_tokens.weight"),
  rename: byRules([
    [/^model\./, "model.language_model."],
    [/^/, ""],
  ]),
};
