import type { MetricFacts } from "./metric.ts";

/** Source: VIEScore (arXiv:2312.14867), section 3. */
export const vieScoreFacts: MetricFacts = {
  name: "VIEScore",
  formula: "√(min(SC) · min(PQ)), SC and PQ two numbers each",
  range: [0, 10],
  direction: "higher",
  scale: "0 to 10; depends on the judge and on what it is asked",
  source: "Ku et al. 2024 (arXiv:2312.14867)",
};

/** Source: ImgEdit (arXiv:2505.20275), section 4.2. */
export const imgEditFacts: MetricFacts = {
  name: "ImgEdit",
  formula: "(s1 + min(s1, s2) + min(s1, s3)) / 3, two decimals",
  range: [1, 5],
  direction: "higher",
  scale: "1 to 5; depends on the judge and on what it is asked",
  source: "Ye et al. 2025 (arXiv:2505.20275)",
};
