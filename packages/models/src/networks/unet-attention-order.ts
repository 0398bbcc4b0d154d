import type { UnetBlock, UnetConfig } from "./unet-config.ts";

function pathsOf(scope: string, { transformers }: UnetBlock): readonly string[] {
  return transformers.flatMap((layers, index) =>
    Array.from(
      { length: layers },
      (_, layer) => `${scope}.attentions.${index}.transformer_blocks.${layer}.attn2`,
    ),
  );
}

/**
 * Weight paths of the cross-attentions in the order in which adapters count them: down, up, then middle.
 * Source: IP-Adapter's ordering of diffusers' `UNet2DConditionModel.attn_processors`.
 */
export function crossAttentionPaths({ down, mid, up }: UnetConfig): readonly string[] {
  return [
    ...down.flatMap((block, level) => pathsOf(`down_blocks.${level}`, block)),
    ...up.flatMap((block, place) => pathsOf(`up_blocks.${place}`, block)),
    ...(mid === undefined ? [] : pathsOf("mid_block", mid)),
  ];
}

/**
 * Keys of an IP-Adapter file to ours: `ip_adapter.N.to_k_ip.weight`, N counting self-attentions too, so that
 * the cross-attentions have the odd numbers.
 * Source: tencent-ailab/IP-Adapter; diffusers' loader of IP-Adapters.
 */
export function ipAdapterKeys(config: UnetConfig): ReadonlyMap<string, string> {
  return new Map(
    crossAttentionPaths(config).flatMap((path, place) =>
      ["to_k_ip", "to_v_ip"].map((name) => [
        `ip_adapter.${2 * place + 1}.${name}.weight`,
        `${path}.processor.${name}.0.weight`,
      ]),
    ),
  );
}
