import { l1 } from "@insightgraph/editing/metrics";
import { defineNode } from "@insightgraph/engine/node";
import { comparedPictures, regionParam, scorePictures, scorePort } from "./compared-pictures.ts";

/** Source: MagicBrush (arXiv:2306.10012), section 4. */
export const metricL1 = defineNode({
  type: "metric.l1",
  version: 1,
  title: "L1",
  doc: "Mean absolute difference of two pictures.",
  inputs: comparedPictures,
  params: { region: regionParam },
  outputs: { score: scorePort(l1) },
  run: (inputs, { region }, context) => ({
    score: scorePictures(l1, inputs, region, context),
  }),
});
