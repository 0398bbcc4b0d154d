export { agreementOf } from "./metrics/agreement.ts";
export type { ComparedPictures } from "./metrics/black-outside.ts";
export { bradleyTerry, type Vote } from "./metrics/bradley-terry.ts";
export { comparePaired, pairedTests } from "./metrics/compare-paired.ts";
export {
  compareVariants,
  type VariantCell,
  type VariantScores,
} from "./metrics/compare-variants.ts";
export { cutToMask } from "./metrics/cut-to-mask.ts";
export {
  clipImageFacts,
  dinoFacts,
  dinov2Facts,
  measureEmbeddings,
} from "./metrics/image-similarity.ts";
export { imgEditFacts, vieScoreFacts } from "./metrics/judged-facts.ts";
export { l1 } from "./metrics/l1.ts";
export { l2 } from "./metrics/l2.ts";
export { maskIou, measureIou } from "./metrics/mask-iou.ts";
export type { Metric, MetricFacts } from "./metrics/metric.ts";
export { msSsim } from "./metrics/ms-ssim.ts";
export { lpipsFacts, measurePerceptually, stLpipsFacts } from "./metrics/perceptual-distance.ts";
export { type Preferences, preferenceBootstrap, preferencesIn } from "./metrics/preferences.ts";
export { psnr } from "./metrics/psnr.ts";
export type { Region } from "./metrics/region.ts";
export { showScore } from "./metrics/show-score.ts";
export { ssim } from "./metrics/ssim.ts";
export { summarizeScores } from "./metrics/summarize-scores.ts";
export {
  type CaptionedEdit,
  type ClipHalves,
  clipDirectionFacts,
  clipScoreFacts,
  clipTextFacts,
  measureDirection,
  measureTextSimilarity,
  toClipScore,
} from "./metrics/text-similarity.ts";
export {
  type ItemVote,
  judgePairs,
  latestVotes,
  parseVotes,
  sharedCases,
} from "./metrics/votes.ts";
