import { psnr } from "@insightgraph/editing/metrics";
import { defineNode, param } from "@insightgraph/engine/node";
import { comparedPictures, regionParam, scorePictures, scorePort } from "./compared-pictures.ts";

/** Source: Huynh-Thu and Ghanbari 2008. */
export const metricPsnr = defineNode({
  type: "metric.psnr",
  version: 1,
  title: "PSNR",
  doc: "Peak signal-to-noise ratio of two pictures.",
  inputs: comparedPictures,
  params: {
    region: regionParam,
    cap: param.number({
      default: 100,
      min: 1,
      max: 1000,
      doc: "Greatest score in dB. Equal pictures get it, since their PSNR is infinite and no mean could hold it.",
    }),
  },
  outputs: { score: scorePort(psnr) },
  run: (inputs, { region, cap }, context) => ({
    score: Math.min(cap, scorePictures(psnr, inputs, region, context)),
  }),
});
