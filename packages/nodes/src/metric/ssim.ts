import { ssim } from "@insightgraph/editing/metrics";
import { defineNode } from "@insightgraph/engine/node";
import { comparedPictures, regionParam, scorePictures, scorePort } from "./compared-pictures.ts";

/** Source: Wang et al. 2004. */
export const metricSsim = defineNode({
  type: "metric.ssim",
  version: 1,
  title: "SSIM",
  doc: "Structural similarity: how alike two pictures are in local brightness, contrast and structure.",
  inputs: comparedPictures,
  params: { region: regionParam },
  outputs: { score: scorePort(ssim) },
  run: (inputs, { region }, context) => ({
    score: scorePictures(ssim, inputs, region, context),
  }),
});
