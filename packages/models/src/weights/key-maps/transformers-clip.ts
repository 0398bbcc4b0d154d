import { byRules, type KeyMap } from "./key-map.ts";

/** One half of a CLIP as newer transformers write it: without the name of the half before its keys. */
function bare(half: "text" | "vision", mark: string): KeyMap {
  return {
    name: `transformers' CLIP ${half} model`,
    matches: (keys) => keys.has(mark),
    rename: byRules([
      [
        /^(?=(?:embeddings|encoder|pre_layrnorm|post_layernorm|final_layer_norm)\.)/,
        `${half}_model.`,
      ],
      [/^/, ""],
    ]),
  };
}

/** CLIPTextModel as transformers 5 saves it. */
export const bareClipText: KeyMap = bare("text", "final_layer_norm.weight");
/** CLIPVisionModel as transformers 5 saves it. */
export const bareClipVision: KeyMap = bare("vision", "pre_layrnorm.weight");
