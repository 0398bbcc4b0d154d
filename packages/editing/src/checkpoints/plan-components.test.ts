import { describe, expect, test } from "vitest";
import { planComponents } from "./plan-components.ts";

const modelIndex = {
  _class_name: "StableDiffusionPipeline",
  requires_safety_checker: true,
  unet: ["diffusers", "UNet2DConditionModel"],
  text_encoder: ["transformers", "CLIPTextModel"],
  tokenizer: ["transformers", "CLIPTokenizer"],
  scheduler: ["diffusers", "PNDMScheduler"],
  safety_checker: ["stable_diffusion", "StableDiffusionSafetyChecker"],
  image_encoder: [null, null],
};

const network = (folder: string, ...names: string[]): string[] =>
  ["config.json", ...names].map((name) => (folder === "" ? name : `${folder}/${name}`));
const pipeline = [
  ...["model_index.json", "README.md", "v1-5-pruned.safetensors", "v1-5-pruned.ckpt"],
  ...network("unet", "diffusion_pytorch_model.safetensors", "diffusion_pytorch_model.bin"),
  ...["unet/diffusion_pytorch_model.fp16.safetensors", "unet/custom.py"],
  ...network("text_encoder", "model.safetensors", "pytorch_model.bin"),
  ...network("safety_checker", "model.safetensors"),
  ...["tokenizer/vocab.json", "tokenizer/merges.txt", "tokenizer/tokenizer_config.json"],
  ...["scheduler/scheduler_config.json"],
];

function plan(paths: readonly string[], options: object = {}) {
  const files = paths.map((path) => ({ path, bytes: 1 }));
  const parts = planComponents(files, { source: "hf:a/b", ...options });
  const told = ({ weights, others }: (typeof parts)[number]) =>
    [...weights, ...others].map((file) => file.path);
  return Object.fromEntries(parts.map((part) => [part.name, told(part)]));
}

describe("a diffusers pipeline", () => {
  test("is what its index names, without pickles, code and the safety checker", () => {
    expect(plan(pipeline, { modelIndex })).toEqual({
      unet: ["unet/diffusion_pytorch_model.safetensors", "unet/config.json"],
      text_encoder: ["text_encoder/model.safetensors", "text_encoder/config.json"],
      tokenizer: [
        "tokenizer/vocab.json",
        "tokenizer/merges.txt",
        "tokenizer/tokenizer_config.json",
      ],
      scheduler: ["scheduler/scheduler_config.json"],
    });
  });

  test("knows its classes", () => {
    const files = pipeline.map((path) => ({ path, bytes: 1 }));
    const [unet] = planComponents(files, { source: "hf:a/b", modelIndex });
    expect(unet).toMatchObject({ library: "diffusers", architecture: "UNet2DConditionModel" });
  });

  test("prefers a variant where there is one", () => {
    const found = plan(pipeline, { modelIndex, variant: "fp16", only: ["unet", "text_encoder"] });
    expect(found["unet"]?.[0]).toBe("unet/diffusion_pytorch_model.fp16.safetensors");
    expect(found["text_encoder"]?.[0]).toBe("text_encoder/model.safetensors");
  });

  test("gives the named parts, including those left out by default", () => {
    const named = plan(pipeline, { modelIndex, only: ["safety_checker", "v1-5-pruned"] });
    expect(Object.keys(named)).toEqual(["safety_checker", "v1-5-pruned"]);
    expect(() => plan(pipeline, { modelIndex, only: ["unett"] })).toThrow(
      /Did you mean unet\? Parts: .*text_encoder/,
    );
  });
});

describe("shards", () => {
  const names = [
    "diffusion_pytorch_model-00001-of-00002.safetensors",
    "diffusion_pytorch_model-00002-of-00002.safetensors",
    "diffusion_pytorch_model.fp16-00001-of-00002.safetensors",
    "diffusion_pytorch_model.fp16-00002-of-00002.safetensors",
    "diffusion_pytorch_model.safetensors.index.fp16.json",
    "diffusion_pytorch_model.safetensors.index.json",
  ];

  test("come with their index, one variant of them", () => {
    expect(plan(network("unet", ...names))["unet"]).toEqual([
      "unet/diffusion_pytorch_model-00001-of-00002.safetensors",
      "unet/diffusion_pytorch_model-00002-of-00002.safetensors",
      "unet/config.json",
      "unet/diffusion_pytorch_model.safetensors.index.json",
    ]);
    expect(plan(network("unet", ...names), { variant: "fp16" })["unet"]).toEqual([
      "unet/diffusion_pytorch_model.fp16-00001-of-00002.safetensors",
      "unet/diffusion_pytorch_model.fp16-00002-of-00002.safetensors",
      "unet/config.json",
      "unet/diffusion_pytorch_model.safetensors.index.fp16.json",
    ]);
  });

  test("are found under the older names", () => {
    const older = [
      "model-00001-of-00001.fp16.safetensors",
      "model.safetensors.fp16.index.json",
      "model-00001-of-00001.safetensors",
      "model.safetensors.index.json",
    ];
    expect(plan(network("", ...older), { variant: "fp16" })["model"]).toEqual([
      "model-00001-of-00001.fp16.safetensors",
      "config.json",
      "model.safetensors.fp16.index.json",
    ]);
  });
});

describe("other repositories", () => {
  test("of one transformers model have model, tokenizer and processor", () => {
    const files = network("", "model.safetensors", "tokenizer.json", "preprocessor_config.json");
    expect(plan(files)).toEqual({
      model: ["model.safetensors", "config.json"],
      tokenizer: ["tokenizer.json"],
      feature_extractor: ["preprocessor_config.json"],
    });
  });

  test("of a single file have that part", () => {
    expect(plan(["pytorch_lora_weights.safetensors", "README.md"])).toEqual({
      pytorch_lora_weights: ["pytorch_lora_weights.safetensors"],
    });
  });

  test("of several single files require a choice", () => {
    const files = [
      ...["models/ip-adapter_sd15.safetensors", "models/ip-adapter_sd15.bin"],
      ...["sdxl_models/ip-adapter_sdxl.safetensors"],
      ...network("models/image_encoder", "model.safetensors"),
      ...network("sdxl_models/image_encoder", "model.safetensors"),
    ];
    expect(() => plan(files)).toThrow(/--only: .*ip-adapter_sd15/);
    const only = ["ip-adapter_sd15", "models-image_encoder"];
    expect(plan(files, { only })).toEqual({
      "ip-adapter_sd15": ["models/ip-adapter_sd15.safetensors"],
      "models-image_encoder": [
        "models/image_encoder/model.safetensors",
        "models/image_encoder/config.json",
      ],
    });
  });

  test.each([
    ["a pipeline's part", network("unet", "diffusion_pytorch_model.bin")],
    ["a lone file", ["LLM-15000/adapter_model.bin", "adapter_config.json"]],
    ["a checkpoint of old", ["model.ckpt"]],
  ])("with pickles alone are refused: %s", (_, files) => {
    expect(() => plan(files)).toThrow(
      expect.objectContaining({
        code: "checkpoint.pickle",
        hint: expect.stringContaining("safetensors/convert"),
      }),
    );
  });

  test("with nothing in them are refused", () => {
    expect(() => plan(["README.md"])).toThrow(/nothing here can be used/);
  });
});

describe("an ONNX export", () => {
  const exported = [
    ...["README.md", "config.json", "generation_config.json", "preprocessor_config.json"],
    ...["tokenizer.json", "tokenizer_config.json", "onnx/vision_encoder.onnx"],
    ...["onnx/vision_encoder_fp16.onnx", "onnx/vision_encoder_q4.onnx"],
    ...["onnx/decoder_model_merged.onnx", "onnx/decoder_model_merged.onnx_data"],
    ...["onnx/decoder_model_merged_quantized.onnx", "onnx/decoder_model.onnx"],
  ];

  test("is each of its graphs once, with its tokenizer and its processor", () => {
    expect(plan(exported)).toEqual({
      model: [
        "config.json",
        "onnx/vision_encoder.onnx",
        "onnx/decoder_model_merged.onnx",
        "onnx/decoder_model_merged.onnx_data",
      ],
      tokenizer: ["tokenizer.json", "tokenizer_config.json"],
      feature_extractor: ["preprocessor_config.json"],
    });
  });

  test("is taken in the precision that is asked for, where there is one", () => {
    expect(plan(exported, { variant: "fp16" })["model"]).toEqual([
      "config.json",
      "onnx/vision_encoder_fp16.onnx",
      "onnx/decoder_model_merged.onnx",
      "onnx/decoder_model_merged.onnx_data",
    ]);
    expect(plan(exported, { variant: "q8" })["model"]).toContain(
      "onnx/decoder_model_merged_quantized.onnx",
    );
  });

  test("gives way to weights of its own, unless it is asked for", () => {
    const both = [...exported, "model.safetensors"];
    expect(plan(both)["model"]).toEqual(["model.safetensors", "config.json"]);
    expect(plan(both, { variant: "onnx" })).toEqual(plan(exported));
    expect(plan(both, { variant: "onnx-q8" })).toEqual(plan(exported, { variant: "q8" }));
  });
});
