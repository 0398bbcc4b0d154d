export { type Autoencoder, decodeLatent } from "./architectures/autoencoder.ts";
export type { Bridges, TextBridgeInputs, TextBridging } from "./architectures/bridges.ts";
export { chatOf } from "./architectures/chat-of.ts";
export type { Comprehender, Comprehension } from "./architectures/comprehender.ts";
export type {
  Denoiser,
  DenoiserInputs,
  ImageCondition,
  OpenDenoiser,
  SolverOptions,
} from "./architectures/denoiser.ts";
export type { Box, Detection, Detector } from "./architectures/detector.ts";
export {
  capabilitiesOf,
  openPart,
  partFingerprint,
  registerFamily,
} from "./architectures/families.ts";
export type {
  Capabilities,
  Companions,
  ModelFamily,
  PartReader,
} from "./architectures/family.ts";
export type { ImageEmbedder } from "./architectures/image-embedder.ts";
export type { ImagePrompt, ImagePromptTarget } from "./architectures/image-prompt.ts";
export { type ModelVariant, modelVariants } from "./architectures/insightedit/variants.ts";
export { openIpAdapter } from "./architectures/ip-adapter/image-prompt.ts";
export { type LanguageModel, requireSight } from "./architectures/language-model.ts";
export { type Latent, paintLatent } from "./architectures/latent.ts";
export { openLlava } from "./architectures/llava/comprehender.ts";
export { addLora, type LoraTarget } from "./architectures/lora.ts";
export type {
  NetworkOpener,
  NetworkSession,
  SessionSource,
} from "./architectures/open-network.ts";
export type { PerceptualDistance } from "./architectures/perceptual-distance.ts";
export {
  type ConditionPurpose,
  conditionPurposes,
  conditionStates,
  requireReadable,
} from "./architectures/qwen/condition-states.ts";
export type { Place, Segmenter } from "./architectures/segmenter.ts";
export { floatsOf, type TensorValue } from "./architectures/tensor.ts";
export type { TextEmbedder } from "./architectures/text-embedder.ts";
export type { TextEncoder } from "./architectures/text-encoder.ts";
export type { VisualChat } from "./architectures/visual-chat.ts";
