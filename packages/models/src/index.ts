export { ModelError, type ModelErrorCode } from "./errors.ts";
export { decodeJson, decodeText, parsePythonJson, readJsonFile } from "./files/text-file.ts";
export {
  latentSide,
  type VaeDecoderOptions,
  type VaeEncoderOptions,
  vaeDecoder,
  vaeEncoder,
} from "./networks/autoencoder-kl.ts";
export {
  parseTinyAutoencoderConfig,
  type TinyAutoencoderConfig,
  tinyDecoder,
  tinyEncoder,
} from "./networks/autoencoder-tiny.ts";
export { type BridgeHeads, bridgeConfigOf } from "./networks/bridge-shapes.ts";
export { type BridgeConfig, imageBridge, queryBridge, textBridge } from "./networks/bridges.ts";
export { checkFit } from "./networks/check-fit.ts";
export {
  type ClipTextConfig,
  type ClipVisionConfig,
  parseClipTextConfig,
  parseClipVisionConfig,
} from "./networks/clip-config.ts";
export { type ClipPixelsConfig, parseClipPixelsConfig } from "./networks/clip-pixels-config.ts";
export { clipText, clipTextEmbeds } from "./networks/clip-text.ts";
export {
  type ClipFeaturesConfig,
  clipVision,
  clipVisionEmbeds,
  clipVisionFeatures,
} from "./networks/clip-vision.ts";
export { configFields } from "./networks/config-fields.ts";
export { buildNetwork, emitOnnx, type Network } from "./networks/define-network.ts";
export { dino } from "./networks/dino.ts";
export { type DinoConfig, parseDinoConfig } from "./networks/dino-config.ts";
export { dinov2 } from "./networks/dinov2.ts";
export { type Dinov2Config, parseDinov2Config } from "./networks/dinov2-config.ts";
export { type DreamliteConfig, parseDreamliteConfig } from "./networks/dreamlite-config.ts";
export { dreamliteUnet } from "./networks/dreamlite-unet.ts";
export { editUnet } from "./networks/edit-unet.ts";
export {
  type Flux2Config,
  flux2Transformer,
  parseFlux2Config,
} from "./networks/flux2-transformer.ts";
export { parseFlux2VaeConfig } from "./networks/flux2-vae-config.ts";
export {
  type InsightEditConfig,
  insightEditMini,
  insightEditNano,
} from "./networks/insightedit-mini.ts";
export { imagePerceptron, imageProjection, imageResampler } from "./networks/ip-adapter.ts";
export { type IpAdapterProjection, ipAdapterProjection } from "./networks/ip-adapter-config.ts";
export { llava } from "./networks/llava.ts";
export { type LlavaConfig, type LlavaSequence, parseLlavaConfig } from "./networks/llava-config.ts";
export {
  type LoraShape,
  loraFileKey,
  loraRefine,
  loraStrength,
  loraWeights,
} from "./networks/lora.ts";
export { type LpipsBackbone, lpips, lpipsBackbones } from "./networks/lpips.ts";
export { type NanodetConfig, nanodet, nanodetStrides } from "./networks/nanodet.ts";
export {
  type NetworkSource,
  type NetworkSourceOptions,
  networkSource,
  type WeightCopies,
} from "./networks/network-source.ts";
export { parseUnetConfig } from "./networks/parse-unet-config.ts";
export { patchDecoder, patchEncoder } from "./networks/patch-autoencoder.ts";
export {
  parseQwenConfig,
  type QwenConfig,
  type QwenTextConfig,
  type QwenVisionConfig,
} from "./networks/qwen-config.ts";
export { type QwenInput, qwenStates, qwenStep } from "./networks/qwen-text.ts";
export { qwenVision } from "./networks/qwen-vision.ts";
export { sourceDecoder } from "./networks/source-decoder.ts";
export { stLpips } from "./networks/st-lpips.ts";
export { type UnetOptions, unet2dCondition } from "./networks/unet-2d-condition.ts";
export { ipAdapterKeys } from "./networks/unet-attention-order.ts";
export type { UnetConfig } from "./networks/unet-config.ts";
export { parseVaeConfig, type VaeConfig } from "./networks/vae-config.ts";
export { visionLanguage } from "./networks/vision-language.ts";
export { checkFinite, findNotFinite, trustFinite } from "./onnx/finite-weights.ts";
export type { LoweringTarget, Provider } from "./onnx/lower/lower-graph.ts";
export { type StoredTensor, tensorBytes, type WeightMap } from "./onnx/stored-tensor.ts";
export { createSampler, type SamplerOptions } from "./schedules/create-sampler.ts";
export { trailingDdim } from "./schedules/ddim.ts";
export {
  empiricalShift,
  type FlowSchedule,
  flowSampler,
  linearShift,
  parseFlowSchedule,
} from "./schedules/flow.ts";
export {
  type GuidanceRow,
  type GuidanceScales,
  guidanceRows,
  guide,
  rescaleGuidance,
} from "./schedules/guidance.ts";
export {
  type NoiseOptions,
  noiseSchedule,
  stableDiffusionNoise,
} from "./schedules/noise-schedule.ts";
export {
  type NoiseSource,
  predictClean,
  type Sampler,
  type SamplerState,
  type SamplerStep,
  scaleInput,
  startSampling,
  takeStep,
} from "./schedules/sampler.ts";
export {
  parseScheduler,
  type SamplerName,
  type SchedulerConfig,
  samplerClasses,
  stableDiffusionScheduler,
} from "./schedules/scheduler-config.ts";
export { torchNoise } from "./schedules/torch-noise.ts";
export { renderChat, type TalkMessage } from "./tokens/chat-template.ts";
export {
  type CheckpointTokenizer,
  type CheckpointTokenizerOptions,
  createCheckpointTokenizer,
  vocabularyWarning,
} from "./tokens/checkpoint-tokenizer.ts";
export { encodePrompt, type PromptLayout, promptTemplates } from "./tokens/mllm-prompt.ts";
export type { Tokenizer } from "./tokens/tokenizer.ts";
export { readTokenizerFiles, type TokenizerFiles } from "./tokens/tokenizer-files.ts";
export {
  createWordTokenizer,
  unknownWord,
  type WordTokenizer,
  wordsOf,
} from "./tokens/word-tokenizer.ts";
export type { AdamWOptions } from "./train/adam-w.ts";
export type { ParameterLayout } from "./train/flat-parameters.ts";
export type { GraphRunner, OpenGraph } from "./train/graph-runner.ts";
export type { TrainingOptions } from "./train/insightedit-losses.ts";
export type { TrainingSchedule } from "./train/learning-rate.ts";
export { interactionLosses, type LossName } from "./train/losses.ts";
export { fitPatchAutoencoder } from "./train/patch-components.ts";
export { normalArray, uniformFrom } from "./train/random.ts";
export type { FloatTensor, LabelTensor, TensorValue, TensorValues } from "./train/tensor-value.ts";
export { createTrainer, type StepReport, type Trainer } from "./train/trainer.ts";
export {
  type AlignmentBatch,
  batchTensors,
  type DecodingBatch,
  type EditingBatch,
  type TrainingBatch,
  type TrainingStage,
  trainingStages,
  type VisionBatch,
} from "./train/training-batch.ts";
export {
  initialState,
  stateFromWeights,
  stateToWeights,
  type TrainingState,
  toWeights,
} from "./train/training-state.ts";
export {
  emitTrainingSteps,
  insightEditLayout,
  type LossWeights,
  movedSpan,
} from "./train/training-step.ts";
export {
  emitUnetSteps,
  type UnetBatch,
  type UnetTraining,
  unetLayout,
} from "./train/unet-steps.ts";
export type { AverageOptions } from "./train/weight-average.ts";
export {
  type ConversionOptions,
  type ConversionProgress,
  convertWeights,
} from "./weights/convert-weights.ts";
export { digestFile } from "./weights/digest-file.ts";
export { fromHalf, toHalfPrecision, toSinglePrecision } from "./weights/half-precision.ts";
export {
  diffusersImageProjection,
  rawIpAdapter,
} from "./weights/key-maps/ip-adapter.ts";
export { type KeyMap, type Rename, renameKeys } from "./weights/key-maps/key-map.ts";
export { ldmClip } from "./weights/key-maps/ldm-clip.ts";
export { ldmUnet } from "./weights/key-maps/ldm-unet.ts";
export { ldmVae } from "./weights/key-maps/ldm-vae.ts";
export { legacyVaeAttention } from "./weights/key-maps/legacy-vae-attention.ts";
export { originalLlava, transformersLlava } from "./weights/key-maps/llava.ts";
export { mapKeys } from "./weights/key-maps/map-keys.ts";
export {
  smartEditLanguageModel,
  smartEditQFormer,
  smartEditStageOne,
  smartEditUnet,
} from "./weights/key-maps/smart-edit.ts";
export { bareClipText, bareClipVision } from "./weights/key-maps/transformers-clip.ts";
export { bareQwen } from "./weights/key-maps/transformers-qwen.ts";
export { type Lora, type LoraOptions, type LowRank, parseLora } from "./weights/lora.ts";
export { openFiles } from "./weights/open-files.ts";
export { openSafetensors, readMetadata } from "./weights/open-safetensors.ts";
export { type OpenedWeights, openWeights } from "./weights/open-weights.ts";
export { decodeSafetensors, encodeSafetensors } from "./weights/safetensors.ts";
export { shippedWeightsFolder } from "./weights/shipped-weights.ts";
export { chooseWeightFile } from "./weights/weight-file-names.ts";
export { tensorsToConvert, type WeightForm } from "./weights/weight-form.ts";
export { writeSafetensors } from "./weights/write-safetensors.ts";
