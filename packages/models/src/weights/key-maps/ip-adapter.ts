import { byRules, type KeyMap } from "./key-map.ts";

/** A checkpoint as IP-Adapter's training writes it: the published layout under other names, beside the frozen UNet. */
export const rawIpAdapter: KeyMap = {
  name: "IP-Adapter's training checkpoint",
  matches: (keys) => [...keys].some((key) => key.startsWith("adapter_modules.")),
  rename: byRules([
    [/^image_proj_model\./, "image_proj."],
    [/^adapter_modules\.(?=\d+\.to_[kv]_ip\.)/, "ip_adapter."],
  ]),
};

/** What diffusers saves of a UNet with an IP-Adapter inside: its projection, under the published names. */
export const diffusersImageProjection: KeyMap = {
  name: "diffusers' image projection",
  matches: (keys) =>
    [...keys].some((key) => key.startsWith("encoder_hid_proj.image_projection_layers.0.")),
  rename: byRules([
    [/^encoder_hid_proj\.image_projection_layers\.0\.image_embeds\./, "image_proj.proj."],
    [/^encoder_hid_proj\.image_projection_layers\.0\.norm\./, "image_proj.norm."],
  ]),
};
