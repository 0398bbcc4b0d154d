import { type ConfigFields, unsupported } from "./config-fields.ts";

/** What the configs of transformers' vision transformers say by one name, with the same defaults. */
export function vitFields(fields: ConfigFields) {
  fields.choice("hidden_act", ["gelu"], "gelu");
  const [width, heads] = [
    fields.integer("hidden_size", 768),
    fields.integer("num_attention_heads", 12),
  ];
  if (width % heads !== 0) {
    throw unsupported(
      `${fields.at}: num_attention_heads`,
      `${heads} heads do not divide ${width}.`,
    );
  }
  if (fields.integer("num_channels", 3) !== 3) {
    throw unsupported(`${fields.at}: num_channels`, "pictures have three channels here.");
  }
  return {
    width,
    heads,
    layers: fields.integer("num_hidden_layers", 12),
    hasBias: fields.flag("qkv_bias", true),
    trainedSize: fields.integer("image_size", 224),
  };
}
