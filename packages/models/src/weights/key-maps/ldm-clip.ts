import type { KeyMap } from "./key-map.ts";

const prefix = "cond_stage_model.transformer.";

/** The text encoder of a single-file checkpoint of SD-1's family, to CLIPTextModel. */
export const ldmClip: KeyMap = {
  name: "latent diffusion's CLIP text encoder",
  matches: (keys) => keys.has(`${prefix}text_model.final_layer_norm.weight`),
  rename(key) {
    // The numbers of the places, which no network needs.
    if (!key.startsWith(prefix) || key.endsWith(".position_ids")) return undefined;
    return key.slice(prefix.length);
  },
};
