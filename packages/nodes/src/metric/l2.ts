import { l2 } from "@insightgraph/editing/metrics";
import { defineNode } from "@insightgraph/engine/node";
import { comparedPictures, regionParam, scorePictures, scorePort } from "./compared-pictures.ts";

/** Source: MagicBrush (arXiv:2306.10012), section 4. */
export const metricL2 = defineNode({
  type: "metric.l2",
  version: 1,
  title: "L2",
  doc: "Mean squared difference of two pictures.",
  inputs: comparedPictures,
  params: { region: regionParam },
  outputs: { score: scorePort(l2) },
  run: (inputs, { region }, context) => ({
    score: scorePictures(l2, inputs, region, context),
  }),
});
