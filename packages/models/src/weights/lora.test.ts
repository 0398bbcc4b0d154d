import { describe, expect, it } from "vitest";
import type { StoredTensor, WeightMap } from "../onnx/stored-tensor.ts";
import { parseLora } from "./lora.ts";
import { readLoraKey } from "./lora-keys.ts";

const tensor = (...shape: number[]): StoredTensor => ({
  dtype: "float32",
  shape,
  data: new Uint8Array(4 * shape.reduce((n, size) => n * size, 1)),
});
const single = (value: number): StoredTensor => ({
  dtype: "float32",
  shape: [],
  data: new Uint8Array(Float32Array.of(value).buffer),
});

const layer = "down_blocks.0.attentions.1.transformer_blocks.0.attn1.to_q";
const flat = layer.replaceAll(".", "_");
const layers = [layer, "mid_block.resnets.0.conv1"];
const read = (weights: Readonly<Record<string, StoredTensor>>, alpha?: number) =>
  parseLora(new Map(Object.entries(weights)), { layers, part: "unet", alpha });

describe("readLoraKey", () => {
  it.each([
    [`lora_unet_${flat}.lora_down.weight`, "unet", flat, "down"],
    [`lora_unet_${flat}.alpha`, "unet", flat, "alpha"],
    [
      "lora_te_text_model_encoder_layers_0_mlp_fc1.lora_up.weight",
      "text_encoder",
      "text_model_encoder_layers_0_mlp_fc1",
      "up",
    ],
    [
      "lora_te1_text_model_encoder_layers_0_mlp_fc1.lora_up.weight",
      "text_encoder",
      "text_model_encoder_layers_0_mlp_fc1",
      "up",
    ],
    [`unet.${layer}.lora_A.weight`, "unet", layer, "down"],
    [`unet.${layer}.lora.up.weight`, "unet", layer, "up"],
    [`${layer}.lora_B.weight`, undefined, layer, "up"],
    [`base_model.model.${layer}.lora_B.default.weight`, undefined, layer, "up"],
    [
      "text_encoder.text_model.encoder.layers.0.mlp.fc1.lora_A.weight",
      "text_encoder",
      "text_model.encoder.layers.0.mlp.fc1",
      "down",
    ],
    [
      "unet.mid_block.attentions.0.transformer_blocks.0.attn2.processor.to_out_lora.down.weight",
      "unet",
      "mid_block.attentions.0.transformer_blocks.0.attn2.to_out.0",
      "down",
    ],
    [
      "mid_block.attentions.0.transformer_blocks.0.attn2.processor.to_k_lora.up.weight",
      undefined,
      "mid_block.attentions.0.transformer_blocks.0.attn2.to_k",
      "up",
    ],
  ] as const)("reads %s", (key, part, path, role) => {
    expect(readLoraKey(key)).toEqual({ part, layer: path, role });
  });

  it.each([
    [`lora_unet_${flat}.hada_w1_a`, "LoHa"],
    [`lora_unet_${flat}.lokr_w1`, "LoKr"],
    [`lora_unet_${flat}.dora_scale`, "DoRA"],
    [`unet.${layer}.lora_magnitude_vector.weight`, "DoRA"],
    [`lora_unet_${flat}.lora_mid.weight`, "LoCon's Tucker form"],
    [`lora_unet_${flat}.diff`, "a full difference"],
  ])("knows that %s is %s", (key, unsupported) => {
    expect(readLoraKey(key)).toMatchObject({ unsupported });
  });

  it("knows no other keys", () => {
    expect(readLoraKey("conv_in.weight")).toBeUndefined();
  });
});

describe("parseLora", () => {
  const pair = { down: tensor(4, 8), up: tensor(16, 4) };
  const kohya = {
    [`lora_unet_${flat}.lora_down.weight`]: pair.down,
    [`lora_unet_${flat}.lora_up.weight`]: pair.up,
  };

  it("finds the layer, and scales by alpha over rank", () => {
    const own = read({ ...kohya, [`lora_unet_${flat}.alpha`]: single(2) }).get(layer);
    expect(own).toEqual({ ...pair, scale: 0.5 });
    expect(read(kohya).get(layer)?.scale).toBe(1);
    expect(read(kohya, 6).get(layer)?.scale).toBe(1.5);
  });

  it("leaves the other network's layers to it", () => {
    const text = { "lora_te_text_model_x.lora_down.weight": pair.down };
    expect([...read({ ...kohya, ...text }).keys()]).toEqual([layer]);
    expect(read(text).size).toBe(0);
  });

  it.each<[string, Readonly<Record<string, StoredTensor>>, string]>([
    [
      "another kind of adapter",
      { [`lora_unet_${flat}.hada_w1_a`]: pair.up },
      "LoHa is not supported",
    ],
    ["another kind of file", { "conv_in.weight": pair.up }, "this is no LoRA tensor"],
    ["another network's", { "lora_unet_other_layer.lora_down.weight": pair.down }, "other_layer"],
    ["half a pair", { [`unet.${layer}.lora_A.weight`]: pair.down }, "no up (B) matrix"],
    [
      "two ranks",
      {
        [`unet.${layer}.lora_A.weight`]: pair.down,
        [`unet.${layer}.lora_B.weight`]: tensor(16, 3),
      },
      "of rank 4 and 3",
    ],
  ])("refuses %s", (_, weights, message) => {
    expect(() => read(weights)).toThrow(message);
    expect(() => read(weights)).toThrow("weights.lora");
  });

  it("reads nothing out of an empty file", () => {
    const none: WeightMap = new Map();
    expect(parseLora(none, { layers, part: "unet" }).size).toBe(0);
  });
});
