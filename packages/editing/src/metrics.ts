export { clipImageFacts, measureEmbeddings } from "./metrics/clip-image.ts";
export { comparePaired, pairedTests } from "./metrics/compare-paired.ts";
export {
  compareVariants,
  type VariantCell,
  type VariantScores,
} from "./metrics/compare-variants.ts";
export { l1 } from "./metrics/l1.ts";
export { l2 } from "./metrics/l2.ts";
export { maskIou, measureIou } from "./metrics/mask-iou.ts";
export type { Metric, MetricFacts } from "./metrics/metric.ts";
export { msSsim } from "./metrics/ms-ssim.ts";
export { psnr } from "./metrics/psnr.ts";
export type { Region } from "./metrics/region.ts";
export { ssim } from "./metrics/ssim.ts";
export { measurePerceptually, stLpipsFacts } from "./metrics/st-lpips.ts";
export { summarizeScores } from "./metrics/summarize-scores.ts";
