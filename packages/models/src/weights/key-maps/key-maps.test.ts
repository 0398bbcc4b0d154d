import { describe, expect, test } from "vitest";
import type { StoredTensor, WeightMap } from "../../onnx/stored-tensor.ts";
import { diffusersImageProjection, rawIpAdapter } from "./ip-adapter.ts";
import { byRules, renameKeys } from "./key-map.ts";
import { ldmClip } from "./ldm-clip.ts";
import { ldmUnet } from "./ldm-unet.ts";
import { ldmVae } from "./ldm-vae.ts";
import { legacyVaeAttention } from "./legacy-vae-attention.ts";
import {
  smartEditLanguageModel,
  smartEditQFormer,
  smartEditStageOne,
  smartEditUnet,
} from "./smart-edit.ts";

const tensor: StoredTensor = { dtype: "float32", shape: [1], data: new Uint8Array(4) };
const keysOf = (...keys: readonly string[]): WeightMap => new Map(keys.map((key) => [key, tensor]));

describe("renameKeys", () => {
  test("[W9] hands on the very tensors, and leaves out what has no place", () => {
    const renamed = renameKeys(keysOf("a.x", "b.x"), byRules([[/^a\./, "c."]]));
    expect([...renamed]).toEqual([["c.x", tensor]]);
    expect(renamed.get("c.x")).toBe(tensor);
  });

  test("refuses two tensors of one key", () => {
    const both = byRules([[/^[ab]\./, "c."]]);
    expect(() => renameKeys(keysOf("a.x", "b.x"), both)).toThrow('"a.x" and "b.x"');
  });
});

describe("legacyVaeAttention", () => {
  const path = "encoder.mid_block.attentions.0";

  test("renames the four projections, and nothing else", () => {
    const { rename } = legacyVaeAttention;
    expect(
      ["query", "key", "value", "proj_attn"].map((name) => rename(`${path}.${name}.bias`)),
    ).toEqual(["to_q", "to_k", "to_v", "to_out.0"].map((name) => `${path}.${name}.bias`));
    for (const key of [
      `${path}.group_norm.weight`,
      `${path}.to_q.weight`,
      "encoder.conv_in.bias",
    ]) {
      expect(rename(key)).toBe(key);
    }
  });

  test("knows its family", () => {
    expect(legacyVaeAttention.matches(new Set([`${path}.query.weight`]))).toBe(true);
    expect(legacyVaeAttention.matches(new Set([`${path}.to_q.weight`]))).toBe(false);
  });
});

describe("latent diffusion's text encoder", () => {
  test("loses its prefix and the numbers of its places", () => {
    const prefix = "cond_stage_model.transformer.";
    const last = "text_model.final_layer_norm.weight";
    expect(ldmClip.matches(new Set([prefix + last]))).toBe(true);
    expect(ldmClip.rename(prefix + last)).toBe(last);
    expect(ldmClip.rename(`${prefix}text_model.embeddings.position_ids`)).toBeUndefined();
    expect(ldmClip.rename("model.diffusion_model.out.0.weight")).toBeUndefined();
  });
});

describe("the parts of a single file", () => {
  test("leave each other's tensors alone", () => {
    const foreign = [
      "cond_stage_model.x",
      "model_ema.decay",
      "alphas_cumprod",
      "first_stage_model.loss.x",
    ];
    for (const { rename } of [ldmUnet(), ldmVae()]) {
      for (const key of foreign) expect(rename(key)).toBeUndefined();
    }
    expect(ldmUnet().matches(new Set(["model.diffusion_model.input_blocks.0.0.weight"]))).toBe(
      true,
    );
    expect(ldmUnet().matches(new Set(["conv_in.weight"]))).toBe(false);
    expect(ldmVae().matches(new Set(["first_stage_model.decoder.conv_in.weight"]))).toBe(true);
  });
});

describe("IP-Adapter", () => {
  test("takes the training's names for the published ones, and leaves the UNet out", () => {
    const weights = keysOf(
      "image_proj_model.proj.weight",
      "adapter_modules.1.to_k_ip.weight",
      "unet.x",
    );
    expect(rawIpAdapter.matches(new Set(weights.keys()))).toBe(true);
    expect([...renameKeys(weights, rawIpAdapter.rename).keys()]).toEqual([
      "image_proj.proj.weight",
      "ip_adapter.1.to_k_ip.weight",
    ]);
  });

  test("finds the projection inside diffusers' UNet", () => {
    const path = "encoder_hid_proj.image_projection_layers.0";
    const weights = keysOf(`${path}.image_embeds.weight`, `${path}.norm.bias`, "conv_in.weight");
    expect(diffusersImageProjection.matches(new Set(weights.keys()))).toBe(true);
    expect([...renameKeys(weights, diffusersImageProjection.rename).keys()]).toEqual([
      "image_proj.proj.weight",
      "image_proj.norm.bias",
    ]);
  });
});

describe("SmartEdit", () => {
  test("has its UNet under a prefix", () => {
    expect(smartEditUnet.matches(new Set(["unet.conv_in.weight"]))).toBe(true);
    expect(smartEditUnet.rename("unet.conv_in.weight")).toBe("conv_in.weight");
    expect(smartEditUnet.rename("vae.conv_in.weight")).toBeUndefined();
  });

  test("has queries, Q-Former and projector in one file, with tables that belong elsewhere", () => {
    const weights = keysOf(
      ...["sd_query_tokens", "sd_qformer.encoder.layer.0.attention.self.query.weight"],
      ...["sd_qformer.embeddings.position_ids", "mm_projector.bias", "lm_head.weight"],
      "model.base_model.model.embed_tokens.weight",
    );
    expect(smartEditQFormer.matches(new Set(weights.keys()))).toBe(true);
    expect([...renameKeys(weights, smartEditQFormer.rename).keys()]).toEqual([
      "sd_query_tokens",
      "sd_qformer.encoder.layer.0.attention.self.query.weight",
      "mm_projector.bias",
    ]);
    expect(smartEditQFormer.rename("modulate_head.weight")).toBe("modulate_head.weight");
  });

  test("writes the same without its prefix after stage 1", () => {
    expect(smartEditStageOne.matches(new Set(["query_tokens"]))).toBe(true);
    expect(smartEditStageOne.rename("query_tokens")).toBe("sd_query_tokens");
    expect(smartEditStageOne.rename("qformer.embeddings.LayerNorm.bias")).toBe(
      "sd_qformer.embeddings.LayerNorm.bias",
    );
    expect(smartEditStageOne.rename("model.embed_tokens.weight")).toBeUndefined();
  });

  test("wraps its language model as old and new PEFT do", () => {
    const { rename, matches } = smartEditLanguageModel;
    const inner = "layers.3.self_attn.q_proj";
    expect(matches(new Set([`model.base_model.model.${inner}.weight`]))).toBe(true);
    for (const key of [`${inner}.weight`, `${inner}.base_layer.weight`, `model.${inner}.weight`]) {
      expect(rename(`model.base_model.model.${key}`)).toBe(`model.${inner}.weight`);
    }
    expect(rename(`model.base_model.model.${inner}.lora_A.default.weight`)).toBe(
      `model.${inner}.lora_A.default.weight`,
    );
    expect(rename("model.base_model.model.embed_tokens.weight")).toBe("model.embed_tokens.weight");
    expect(rename("model.base_model.model.layers.3.self_attn.rotary_emb.inv_freq")).toBeUndefined();
  });
});
