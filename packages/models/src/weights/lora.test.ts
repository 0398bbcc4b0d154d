import { describe, expect, test } from "vitest";
import type { StoredTensor, WeightMap } from "../onnx/stored-tensor.ts";
import { type LoraOptions, parseLora } from "./lora.ts";
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
const read = (
  weights: Readonly<Record<string, StoredTensor>>,
  options: Omit<Partial<LoraOptions>, "part"> = {},
) => parseLora(new Map(Object.entries(weights)), { layers, part: "unet", ...options });

describe("readLoraKey", () => {
  test.each([
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
      "text_encoder.text_model.encoder.layers.0.self_attn.to_out_lora.down.weight",
      "text_encoder",
      "text_model.encoder.layers.0.self_attn.out_proj",
      "down",
    ],
    [
      "text_encoder.text_model.encoder.layers.0.self_attn.q_proj.lora_linear_layer.up.weight",
      "text_encoder",
      "text_model.encoder.layers.0.self_attn.q_proj",
      "up",
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

  test.each([
    [`lora_unet_${flat}.hada_w1_a`, "LoHa"],
    [`lora_unet_${flat}.lokr_w1`, "LoKr"],
    [`lora_unet_${flat}.dora_scale`, "DoRA"],
    [`unet.${layer}.lora_magnitude_vector.weight`, "DoRA"],
    [`lora_unet_${flat}.lora_mid.weight`, "LoCon's Tucker form"],
    [`lora_unet_${flat}.diff`, "a full difference"],
  ])("[A4] knows that %s is %s", (key, unsupported) => {
    expect(readLoraKey(key)).toMatchObject({ unsupported });
  });

  test("knows no other keys", () => {
    expect(readLoraKey("conv_in.weight")).toBeUndefined();
  });
});

describe("parseLora", () => {
  const pair = { down: tensor(4, 8), up: tensor(16, 4) };
  const kohya = {
    [`lora_unet_${flat}.lora_down.weight`]: pair.down,
    [`lora_unet_${flat}.lora_up.weight`]: pair.up,
  };

  test("finds the layer, and scales by alpha over rank", () => {
    const own = read({ ...kohya, [`lora_unet_${flat}.alpha`]: single(2) }).get(layer);
    expect(own).toEqual({ ...pair, scale: 0.5 });
    expect(read(kohya).get(layer)?.scale).toBe(1);
    expect(read(kohya, { alpha: 6 }).get(layer)?.scale).toBe(1.5);
  });

  test("reads an alpha of any type", () => {
    const alphas: readonly StoredTensor[] = [
      { dtype: "int64", shape: [], data: new Uint8Array(BigInt64Array.of(3n).buffer) },
      { dtype: "uint8", shape: [1], data: Uint8Array.of(3) },
      { dtype: "int16", shape: [], data: new Uint8Array(Int16Array.of(3).buffer) },
      { dtype: "bfloat16", shape: [], data: new Uint8Array(Uint16Array.of(0x4040).buffer) },
      { dtype: "float16", shape: [], data: new Uint8Array(Uint16Array.of(0x4200).buffer) },
      { dtype: "float64", shape: [], data: new Uint8Array(Float64Array.of(3).buffer) },
    ];
    for (const alpha of alphas) {
      const lora = read({ ...kohya, [`lora_unet_${flat}.alpha`]: alpha });
      expect([alpha.dtype, lora.get(layer)?.scale]).toEqual([alpha.dtype, 0.75]);
    }
  });

  const alphaKey = `lora_unet_${flat}.alpha`;
  test("[W8] refuses an alpha of two numbers, and tensors that are not finite", () => {
    expect(() => read({ ...kohya, [alphaKey]: tensor(2) })).toThrow(
      expect.objectContaining({ code: "weights.lora", at: alphaKey }),
    );
    expect(() => read({ ...kohya, [alphaKey]: single(Number.NaN) })).toThrow(
      expect.objectContaining({ code: "weights.not-finite", at: alphaKey }),
    );
  });

  const peft = {
    [`base_model.model.${layer}.lora_A.weight`]: pair.down,
    [`base_model.model.${layer}.lora_B.weight`]: pair.up,
  };
  const header = (fields: object) => ({ lora_adapter_metadata: JSON.stringify(fields) });

  test.each<[string, Partial<LoraOptions>, number]>([
    ["adapter_config.json", { config: { lora_alpha: 6, r: 4 } }, 1.5],
    ["rsLoRA", { config: { lora_alpha: 6, use_rslora: true } }, 3],
    ["a pattern of alpha", { config: { lora_alpha: 6, alpha_pattern: { "attn1.to_q": 2 } } }, 0.5],
    ["the first pattern", { config: { alpha_pattern: { ".*q": 1, to_q: 2 } } }, 0.25],
    ["a pattern of other layers", { config: { lora_alpha: 6, alpha_pattern: { o_q: 2 } } }, 1.5],
    ["a pattern of rank", { config: { lora_alpha: 6, r: 8, rank_pattern: { to_q: 4 } } }, 1.5],
    ["a header of one network", { metadata: header({ lora_alpha: 2 }) }, 0.5],
    ["a header of two", { metadata: header({ "unet.lora_alpha": 2, "text_encoder.r": 9 }) }, 0.5],
    ["a header of the other network", { metadata: header({ "text_encoder.lora_alpha": 2 }) }, 1],
    [
      "config and header that agree",
      { config: { lora_alpha: 2 }, metadata: header({ lora_alpha: 2 }) },
      0.5,
    ],
  ])("[A2] takes the scale from %s", (_, options, scale) => {
    expect(read(peft, options).get(layer)?.scale).toBe(scale);
  });

  test.each<[string, Partial<LoraOptions>, string]>([
    ["DoRA", { config: { use_dora: true } }, "DoRA is not supported"],
    [
      "DoRA in the header",
      { metadata: header({ "unet.use_dora": true }) },
      "DoRA is not supported",
    ],
    ["another method", { config: { peft_type: "IA3" } }, "IA3 is not supported"],
    ["another rank", { config: { r: 8 } }, "its rank is 4, but adapter_config.json says 8"],
    ["an alpha in words", { config: { lora_alpha: "8" } }, "must be numbers"],
    [
      "a pattern that is none",
      { config: { alpha_pattern: { "(": 2 } } },
      "is not a regular expression",
    ],
    ["a header that is no JSON", { metadata: { lora_adapter_metadata: "{" } }, "is not valid JSON"],
    [
      "two scales",
      { config: { lora_alpha: 2 }, metadata: header({ lora_alpha: 4 }) },
      "lora_adapter_metadata gives the scale 1, adapter_config.json gives 0.5",
    ],
    ["a lost alpha", { metadata: { ss_network_alpha: "2" } }, "ss_network_alpha is 2"],
  ])("[A3] refuses %s", (_, options, message) => {
    expect(() => read(peft, options)).toThrow(message);
    expect(() => read(peft, options)).toThrow("weights.lora");
  });

  test("[A3] compares kohya's alphas with ss_network_alpha", () => {
    const warnings: string[] = [];
    const readWith = (ss_network_alpha: string) =>
      read(
        { ...kohya, [alphaKey]: single(2) },
        { metadata: { ss_network_alpha }, onWarning: (warning) => warnings.push(warning) },
      ).get(layer)?.scale;
    expect(["2", "2.0", "Dynamic", "None"].map(readWith)).toEqual([0.5, 0.5, 0.5, 0.5]);
    expect(warnings).toEqual([]);
    expect(readWith("8")).toBe(0.5);
    expect(warnings).toEqual([
      "The layers' alpha is 2, but ss_network_alpha is 8; the layers' is used.",
    ]);
  });

  test("reads nothing out of a file that names no network and fits another", () => {
    const other = {
      "text_model.x.lora_A.weight": pair.down,
      "text_model.x.lora_B.weight": pair.up,
    };
    expect(read(other).size).toBe(0);
    expect(() => read({ ...peft, ...other })).toThrow("text_model.x");
  });

  test("knows a text encoder's layers without text_model, as transformers 5 names them", () => {
    const path = "text_model.encoder.layers.0.self_attn.q_proj";
    const bare = path.slice("text_model.".length);
    for (const name of [path, bare]) {
      const keys = [
        [`text_encoder.${name}.lora_A.weight`, `text_encoder.${name}.lora_B.weight`],
        ["lora_down", "lora_up"].map(
          (side) => `lora_te_${name.replaceAll(".", "_")}.${side}.weight`,
        ),
      ];
      for (const [down = "", up = ""] of keys) {
        const weights = new Map([
          [down, pair.down],
          [up, pair.up],
        ]);
        const lora = parseLora(weights, { layers: [path], part: "text_encoder" });
        expect([...lora.keys()]).toEqual([path]);
      }
    }
  });

  test("leaves the other network's layers to it", () => {
    const text = { "lora_te_text_model_x.lora_down.weight": pair.down };
    expect([...read({ ...kohya, ...text }).keys()]).toEqual([layer]);
    expect(read(text).size).toBe(0);
  });

  test.each<[string, Readonly<Record<string, StoredTensor>>, string]>([
    [
      "another kind of adapter",
      { [`lora_unet_${flat}.hada_w1_a`]: pair.up },
      "LoHa is not supported",
    ],
    ["another kind of file", { "conv_in.weight": pair.up }, "this is not a LoRA tensor"],
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

  test("reads nothing out of an empty file", () => {
    const none: WeightMap = new Map();
    expect(parseLora(none, { layers, part: "unet" }).size).toBe(0);
  });
});
