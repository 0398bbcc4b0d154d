import { byRules, type KeyMap } from "./key-map.ts";

const prefix = "model.diffusion_model.";

/** Inside a resnet block. */
const resnet: Readonly<Record<string, string>> = {
  "in_layers.0": "norm1",
  "in_layers.2": "conv1",
  "emb_layers.1": "time_emb_proj",
  "out_layers.0": "norm2",
  "out_layers.3": "conv2",
  skip_connection: "conv_shortcut",
};
const inResnet = "(in_layers\\.[02]|emb_layers\\.1|out_layers\\.[03]|skip_connection)";

/** Blocks are numbered through in the original, by level and layer in diffusers. */
function rulesFor(layersPerBlock: number): ReturnType<typeof byRules> {
  const perLevel = layersPerBlock + 1;
  const down = (block: string): readonly [number, number] => {
    const at = Number(block) - 1;
    return [Math.floor(at / perLevel), at % perLevel];
  };
  const up = (block: string): readonly [number, number] => [
    Math.floor(Number(block) / perLevel),
    Number(block) % perLevel,
  ];
  return byRules([
    [/^time_embed\.0\b/, "time_embedding.linear_1"],
    [/^time_embed\.2\b/, "time_embedding.linear_2"],
    [/^input_blocks\.0\.0\b/, "conv_in"],
    [/^out\.0\b/, "conv_norm_out"],
    [/^out\.2\b/, "conv_out"],
    [
      /^input_blocks\.(\d+)\.0\.op\b/,
      (block = "") => `down_blocks.${down(block)[0]}.downsamplers.0.conv`,
    ],
    [
      new RegExp(`^input_blocks\\.(\\d+)\\.0\\.${inResnet}\\b`),
      (block = "", part = "") => {
        const [level, layer] = down(block);
        return `down_blocks.${level}.resnets.${layer}.${resnet[part]}`;
      },
    ],
    [
      /^input_blocks\.(\d+)\.1\b/,
      (block = "") => {
        const [level, layer] = down(block);
        return `down_blocks.${level}.attentions.${layer}`;
      },
    ],
    [
      new RegExp(`^middle_block\\.([02])\\.${inResnet}\\b`),
      (place = "", part = "") => `mid_block.resnets.${Number(place) / 2}.${resnet[part]}`,
    ],
    [/^middle_block\.1\b/, "mid_block.attentions.0"],
    [
      /^output_blocks\.(\d+)\.[12]\.conv\b/,
      (block = "") => `up_blocks.${up(block)[0]}.upsamplers.0.conv`,
    ],
    [
      new RegExp(`^output_blocks\\.(\\d+)\\.0\\.${inResnet}\\b`),
      (block = "", part = "") => {
        const [level, layer] = up(block);
        return `up_blocks.${level}.resnets.${layer}.${resnet[part]}`;
      },
    ],
    [
      /^output_blocks\.(\d+)\.1\b/,
      (block = "") => {
        const [level, layer] = up(block);
        return `up_blocks.${level}.attentions.${layer}`;
      },
    ],
  ]);
}

/** The denoising network of a single-file checkpoint, to UNet2DConditionModel. */
export function ldmUnet(layersPerBlock = 2): KeyMap {
  const rename = rulesFor(layersPerBlock);
  return {
    name: "latent diffusion's UNet",
    matches: (keys) => keys.has(`${prefix}input_blocks.0.0.weight`),
    rename: (key) => (key.startsWith(prefix) ? rename(key.slice(prefix.length)) : undefined),
  };
}
