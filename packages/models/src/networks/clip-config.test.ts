import { describe, expect, test } from "vitest";
import { parseClipTextConfig, parseClipVisionConfig } from "./clip-config.ts";
import { clipText, clipTextEmbeds } from "./clip-text.ts";
import { clipVision, clipVisionEmbeds, clipVisionFeatures, patchCount } from "./clip-vision.ts";
import { sizeOfNetwork } from "./parameter-count.fixture.ts";

/** text_encoder/config.json of SD-1.5, but for what says nothing of the network. */
const stableDiffusionText = {
  architectures: ["CLIPTextModel"],
  bos_token_id: 0,
  eos_token_id: 2,
  hidden_act: "quick_gelu",
  hidden_size: 768,
  intermediate_size: 3072,
  layer_norm_eps: 1e-5,
  max_position_embeddings: 77,
  model_type: "clip_text_model",
  num_attention_heads: 12,
  num_hidden_layers: 12,
  pad_token_id: 1,
  projection_dim: 768,
  vocab_size: 49408,
};

const large = {
  hidden_size: 1024,
  intermediate_size: 4096,
  num_hidden_layers: 24,
  num_attention_heads: 16,
  image_size: 224,
  patch_size: 14,
  projection_dim: 768,
};

/** image_encoder/config.json of IP-Adapter for SD-1.5: OpenCLIP's ViT-H/14. */
const huge = {
  ...large,
  architectures: ["CLIPVisionModelWithProjection"],
  hidden_act: "gelu",
  hidden_size: 1280,
  intermediate_size: 5120,
  model_type: "clip_vision_model",
  num_hidden_layers: 32,
  projection_dim: 1024,
};

describe("CLIP's text half", () => {
  test("has CLIP-L's 123,060,480 parameters in 196 tensors", () => {
    const config = parseClipTextConfig(stableDiffusionText);
    expect(sizeOfNetwork(clipText, config)).toEqual({ tensors: 196, parameters: 123_060_480 });
    const { parameters } = sizeOfNetwork(clipTextEmbeds, config);
    expect(parameters).toBe(123_060_480 + 768 * 768);
  });

  test("[N10] pools at the greatest id when the file names the end token 2", () => {
    expect(parseClipTextConfig(stableDiffusionText).endToken).toBeUndefined();
    expect(parseClipTextConfig({ ...stableDiffusionText, eos_token_id: 49_407 }).endToken).toBe(
      49_407,
    );
  });

  test("has transformers' defaults for what a file leaves out", () => {
    expect(parseClipTextConfig({})).toEqual({
      vocabulary: 49_408,
      width: 512,
      hidden: 2048,
      layers: 12,
      heads: 8,
      activation: "quick_gelu",
      epsilon: 1e-5,
      projection: 512,
      maxTokens: 77,
      endToken: 49_407,
    });
  });
});

describe("CLIP's vision half", () => {
  test("has ViT-L/14's 303,179,776 parameters in 391 tensors", () => {
    const config = parseClipVisionConfig({ model_type: "clip", vision_config: large });
    expect(patchCount(config)).toBe(256);
    expect(sizeOfNetwork(clipVision, config)).toEqual({ tensors: 391, parameters: 303_179_776 });
  });

  test("has the 632,076,800 of ViT-H/14 with its projection", () => {
    const config = parseClipVisionConfig(huge);
    expect(config.activation).toBe("gelu");
    expect(sizeOfNetwork(clipVisionEmbeds, config).parameters).toBe(632_076_800);
  });

  test("leaves out the layers after the chosen one", () => {
    const vision = parseClipVisionConfig(large);
    const { tensors } = sizeOfNetwork(clipVisionFeatures, {
      vision,
      selectLayer: -2,
      keepClass: false,
    });
    // Nor does it ask for the last norm.
    expect(tensors).toBe(391 - 16 - 2);
    expect(() =>
      sizeOfNetwork(clipVisionFeatures, { vision, selectLayer: -26, keepClass: false }),
    ).toThrow(/config.unsupported.*state -26 of a tower with 24 layers/);
  });
});

describe("what no CLIP here does", () => {
  test.each([
    [{ model_type: "siglip_vision_model" }, /model_type: siglip_vision_model is none of clip/],
    [{ ...large, hidden_act: "gelu_new" }, /hidden_act: gelu_new is none of quick_gelu, gelu/],
    [{ ...large, num_attention_heads: 7 }, /num_attention_heads: 7 heads do not divide 1024/],
    [{ ...large, patch_size: 225 }, /patch_size: 225 does not fit into 224/],
    [{ ...large, num_channels: 4 }, /num_channels: pictures have three channels/],
  ])("refuses %j", (config, message) => {
    expect(() => parseClipVisionConfig(config)).toThrow(message);
    expect(() => parseClipVisionConfig(config)).toThrow(/^config.unsupported at config.json/);
  });

  test("says which field is no number", () => {
    const vision_config = { ...large, hidden_size: "1024" };
    expect(() => parseClipVisionConfig({ vision_config }, "clip/config.json")).toThrow(
      /^config.field at clip\/config.json: vision_config: hidden_size: needs a whole number/,
    );
  });
});
