import { msSsim } from "@insightgraph/editing/metrics";
import { defineNode } from "@insightgraph/engine/node";
import { comparedPictures, regionParam, scorePictures, scorePort } from "./compared-pictures.ts";

/** Source: Wang, Simoncelli and Bovik 2003. */
export const metricMsSsim = defineNode({
  type: "metric.ms-ssim",
  version: 1,
  title: "MS-SSIM",
  doc: "Structural similarity over five scales; pictures need 176 pixels a side.",
  inputs: comparedPictures,
  params: { region: regionParam },
  outputs: { score: scorePort(msSsim) },
  run: (inputs, { region }, context) => ({
    score: scorePictures(msSsim, inputs, region, context),
  }),
});
