import type { KeyMap } from "./key-map.ts";

const names: Readonly<Record<string, string>> = {
  query: "to_q",
  key: "to_k",
  value: "to_v",
  proj_attn: "to_out.0",
};
const place = /(\bmid_block\.attentions\.\d+\.)(query|key|value|proj_attn)(?=\.(?:weight|bias)$)/;

/** diffusers' AutoencoderKL before 0.17, as most uploads of SD-1.5 have it. */
export const legacyVaeAttention: KeyMap = {
  name: "diffusers' older AutoencoderKL",
  matches: (keys) => [...keys].some((key) => place.test(key)),
  rename: (key) => key.replace(place, (_, before, name) => `${before}${names[name]}`),
};
