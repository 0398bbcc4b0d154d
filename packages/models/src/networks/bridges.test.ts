import { describe, expect, test } from "vitest";
import { knownCount } from "../onnx/shape.ts";
import { type BridgeConfig, imageBridge, textBridge } from "./bridges.ts";
import { buildNetwork } from "./define-network.ts";

/** SmartEdit's 7B sizes, IP-Adapter's four tokens. */
const smartEdit: BridgeConfig = {
  mmTokens: 32,
  mmWidth: 4096,
  visionWidth: 1024,
  qFormer: { queries: 77, width: 768, layers: 6, heads: 12 },
  interaction: { heads: 8, grid: 16, visualChannels: 320, visualScale: 2 },
  adapter: { mapperWidth: 256, tokens: 4, width: 768 },
};

describe("textBridge at the size of SmartEdit", () => {
  const { graph, outputs } = buildNetwork(textBridge, smartEdit);
  const declared = [...graph.weights].map(([path, { tensor }]) => [path, tensor.shape] as const);
  const former = declared.filter(([path]) => path.startsWith("sd_qformer."));
  const interaction = declared.filter(([path]) => !path.startsWith("sd_"));
  const total = (entries: typeof declared): number =>
    entries.reduce((sum, [, shape]) => sum + knownCount(shape), 0);

  test("[N5] has the Q-Former's tensors but the unused buffer of positions", () => {
    // 129 tensors with `embeddings.position_ids` [1, 512], which is no parameter.
    expect(former).toHaveLength(128);
    expect(total(former)).toBe(64_955_904);
    expect(graph.weights.get("sd_query_tokens")?.tensor.shape).toEqual([1, 77, 768]);
  });

  test("reads 4096-wide states through layers 0, 2 and 4", () => {
    const wide = former.filter(([, shape]) => shape[1] === 4096).map(([path]) => path);
    const expected = [0, 2, 4].flatMap((layer) =>
      ["key", "value"].map(
        (name) => `sd_qformer.encoder.layer.${layer}.crossattention.self.${name}.weight`,
      ),
    );
    expect(wide).toEqual(expected);
  });

  test("[N5] has the interaction module's 89 tensors", () => {
    expect(interaction).toHaveLength(89);
    const buffer = 2 * 512;
    expect(total(interaction)).toBe(29_211_200 + buffer);
    const shapes = Object.fromEntries(interaction);
    expect(shapes["modulate_head.weight"]).toEqual([1024, 768]);
    expect(shapes["pe_layer.positional_encoding_gaussian_matrix"]).toEqual([2, 512]);
    expect(shapes["dimension_reduction_head_zeroconv.weight"]).toEqual([320, 1024, 1, 1]);
    expect(shapes["dimension_reduction_head_qformer_out.weight"]).toEqual([768, 1024]);
    const layer = "modulate_transformer.layers.1";
    expect(shapes[`${layer}.self_attn.q_proj.weight`]).toEqual([1024, 1024]);
    expect(shapes[`${layer}.cross_attn_image_to_token.k_proj.weight`]).toEqual([512, 1024]);
    expect(shapes[`${layer}.cross_attn_token_to_image.out_proj.weight`]).toEqual([1024, 512]);
    expect(shapes[`${layer}.mlp.lin1.weight`]).toEqual([2048, 1024]);
    expect(shapes["modulate_transformer.norm_final_attn.bias"]).toEqual([1024]);
  });

  test("feeds SD-1.5: 77 tokens of 768, and 320 channels on the latent's grid", () => {
    expect(outputs.text.shape).toEqual(["N", 77, 768]);
    expect(outputs.visual.shape).toEqual(["N", 320, 32, 32]);
  });
});

describe("imageBridge at the size of SmartEdit", () => {
  test("gives four tokens beside the text's, by a projection named as IP-Adapter's", () => {
    const { graph, outputs } = buildNetwork(imageBridge, smartEdit);
    expect(outputs.image.shape).toEqual(["N", 4, 768]);
    const shapes = [...graph.weights].map(([path, { tensor }]) => [path, tensor.shape]);
    expect(Object.fromEntries(shapes)).toMatchObject({
      "image_alignment_adapter.proj.weight": [3072, 32 * 256],
      "image_alignment_adapter.norm.weight": [768],
    });
  });
});
