import { describe, expect, test } from "vitest";
import { knownCount } from "../onnx/shape.ts";
import { buildNetwork } from "./define-network.ts";
import { llava } from "./llava.ts";
import { type LlavaSequence, parseLlavaConfig } from "./llava-config.ts";

const sequence: LlavaSequence = {
  length: 512,
  imageToken: 32_035,
  mmTokens: 32,
  firstMmToken: 32_003,
  extraTokens: 0,
};

/** ViT-L/14, whose config.json describes both halves. */
const clipLarge = {
  model_type: "clip",
  projection_dim: 768,
  vision_config: {
    hidden_size: 1024,
    intermediate_size: 4096,
    num_hidden_layers: 24,
    num_attention_heads: 16,
    image_size: 224,
    patch_size: 14,
  },
};

/** LLaVA-7B v1.1's fields, as its authors write them. */
const first = {
  architectures: ["LlavaLlamaForCausalLM"],
  hidden_act: "silu",
  hidden_size: 4096,
  intermediate_size: 11_008,
  mm_hidden_size: 1024,
  mm_use_im_start_end: true,
  mm_vision_select_layer: -2,
  mm_vision_tower: "openai/clip-vit-large-patch14",
  model_type: "llava",
  num_attention_heads: 32,
  num_hidden_layers: 32,
  rms_norm_eps: 1e-6,
  vocab_size: 32_000,
};

/** llava-1.5-7b-hf: what equals transformers' defaults is left out. */
const second = {
  architectures: ["LlavaForConditionalGeneration"],
  ignore_index: -100,
  image_token_index: 32_000,
  model_type: "llava",
  projector_hidden_act: "gelu",
  text_config: {
    max_position_embeddings: 4096,
    model_type: "llama",
    rms_norm_eps: 1e-5,
    vocab_size: 32_064,
  },
  vision_config: {
    hidden_size: 1024,
    image_size: 336,
    intermediate_size: 4096,
    model_type: "clip_vision_model",
    num_attention_heads: 16,
    num_hidden_layers: 24,
    patch_size: 14,
    projection_dim: 768,
    vocab_size: 32_000,
  },
  vision_feature_layer: -2,
  vision_feature_select_strategy: "default",
};

function parametersUnder(prefix: string, files: Parameters<typeof parseLlavaConfig>[0]) {
  const { graph, outputs } = buildNetwork(llava, parseLlavaConfig(files, sequence));
  const paths = [...graph.weights].filter(([path]) => path.startsWith(prefix));
  const parameters = paths.reduce((n, [, { tensor }]) => n + knownCount(tensor.shape), 0);
  return { tensors: paths.length, parameters, outputs };
}

describe("LLaVA at full size", () => {
  test("has Vicuna-7B's 6,607,343,616 parameters below its head, in 290 tensors", () => {
    const { tensors, parameters, outputs } = parametersUnder("model.", {
      llava: first,
      vision: clipLarge,
    });
    expect({ tensors, parameters }).toEqual({ tensors: 290, parameters: 6_607_343_616 });
    expect(outputs.mmTokens.shape).toEqual(["N", 32, 4096]);
    expect(outputs.vision.shape).toEqual(["N", 256, 1024]);
  });

  test("projects by one linear layer in the first version, by two in 1.5", () => {
    const one = parametersUnder("mm_projector.", { llava: first, vision: clipLarge });
    expect([one.tensors, one.parameters]).toEqual([2, 1024 * 4096 + 4096]);
    const two = parametersUnder("mm_projector.", { llava: second });
    expect([two.tensors, two.parameters]).toEqual([4, 1024 * 4096 + 4096 ** 2 + 2 * 4096]);
    expect(two.outputs.vision.shape).toEqual(["N", 576, 1024]);
  });

  test("keeps new tokens' rows apart from the checkpoint's table", () => {
    const apart = { ...sequence, extraTokens: 35 };
    const config = parseLlavaConfig({ llava: first, vision: clipLarge }, apart);
    const { weights } = buildNetwork(llava, config).graph;
    expect(weights.get("extra_embed_tokens.weight")?.tensor.shape).toEqual([35, 4096]);
  });
});

describe("parseLlavaConfig", () => {
  test("reads grouped heads, base and scaling in either spelling", () => {
    const grouped = { ...first, num_key_value_heads: 8, rope_theta: 5e5 };
    const old = { ...grouped, rope_scaling: { type: "linear", factor: 2 } };
    const { language } = parseLlavaConfig({ llava: old, vision: clipLarge }, sequence);
    expect(language).toMatchObject({
      keyHeads: 8,
      rotary: { theta: 5e5, scaling: { kind: "linear", factor: 2 } },
    });
    const rope_parameters = { rope_theta: 5e5, rope_type: "linear", factor: 2 };
    const fresh = { ...first, num_key_value_heads: 8, rope_parameters };
    expect(parseLlavaConfig({ llava: fresh, vision: clipLarge }, sequence).language).toEqual(
      language,
    );
  });

  test.each([
    [{ ...second, text_config: { model_type: "mistral" } }, /model_type: mistral is none of llama/],
    [{ ...second, projector_hidden_act: "relu" }, /relu is none of gelu/],
    [{ ...second, vision_config: { model_type: "siglip_vision_model" } }, /siglip_vision_model/],
    [{ ...second, multimodal_projector_bias: false }, /the projector has a bias here/],
    [{ ...second, model_type: "llava_next" }, /llava_next is none of llava/],
    [{ ...first, mm_projector_type: "resampler" }, /resampler is none of linear, mlp2x_gelu/],
    [{ ...first, rope_scaling: { type: "yarn", factor: 2 } }, /yarn is none of default, linear/],
    [{ ...first, num_key_value_heads: 5 }, /5 do not divide 32/],
    [{ ...first, hidden_act: "gelu" }, /gelu is none of silu/],
    [{ ...first, mlp_bias: true }, /mlp_bias/],
  ])("refuses what it does not know", (llavaJson, message) => {
    const read = () => parseLlavaConfig({ llava: llavaJson, vision: clipLarge }, sequence);
    expect(read).toThrow(message);
    expect(read).toThrow(/^config.unsupported/);
  });

  test("asks for the tower's own file where the checkpoint names another", () => {
    expect(() => parseLlavaConfig({ llava: first }, sequence)).toThrow(
      /^config.field at config.json of the vision tower: needs an object/,
    );
  });
});
