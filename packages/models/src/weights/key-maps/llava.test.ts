import { describe, expect, test } from "vitest";
import { originalLlava, transformersLlava } from "./llava.ts";
import { bareClipText, bareClipVision } from "./transformers-clip.ts";

describe("transformers' LLaVA", () => {
  test.each([
    ["language_model.model.embed_tokens.weight", "model.embed_tokens.weight"],
    ["model.language_model.layers.0.mlp.up_proj.weight", "model.layers.0.mlp.up_proj.weight"],
    ["multi_modal_projector.linear_1.bias", "mm_projector.0.bias"],
    ["model.multi_modal_projector.linear_2.weight", "mm_projector.2.weight"],
    ["vision_tower.vision_model.pre_layrnorm.bias", "vision_tower.vision_model.pre_layrnorm.bias"],
    ["model.vision_tower.pre_layrnorm.bias", "vision_tower.vision_model.pre_layrnorm.bias"],
    ["language_model.lm_head.weight", undefined],
    ["lm_head.weight", undefined],
  ])("%s", (key, wanted) => {
    expect(transformersLlava.rename(key)).toBe(wanted);
  });

  test("is known by its projector", () => {
    expect(transformersLlava.matches(new Set(["multi_modal_projector.linear_1.bias"]))).toBe(true);
    expect(transformersLlava.matches(new Set(["model.mm_projector.bias"]))).toBe(false);
  });
});

describe("LLaVA of its authors", () => {
  test.each([
    ["model.mm_projector.0.bias", "mm_projector.0.bias"],
    ["model.mm_projector.weight", "mm_projector.weight"],
    ["model.norm.weight", "model.norm.weight"],
    [
      "model.vision_tower.vision_tower.vision_model.embeddings.class_embedding",
      "vision_tower.vision_model.embeddings.class_embedding",
    ],
    ["lm_head.weight", undefined],
  ])("%s", (key, wanted) => {
    expect(originalLlava.rename(key)).toBe(wanted);
  });
});

describe("half a CLIP without its name", () => {
  test("gets it back", () => {
    expect(bareClipText.matches(new Set(["final_layer_norm.weight"]))).toBe(true);
    expect(bareClipText.matches(new Set(["text_model.final_layer_norm.weight"]))).toBe(false);
    expect(bareClipText.rename("embeddings.token_embedding.weight")).toBe(
      "text_model.embeddings.token_embedding.weight",
    );
    expect(bareClipVision.rename("pre_layrnorm.bias")).toBe("vision_model.pre_layrnorm.bias");
    expect(bareClipVision.rename("visual_projection.weight")).toBe("visual_projection.weight");
  });
});
