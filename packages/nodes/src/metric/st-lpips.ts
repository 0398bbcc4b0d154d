import { openPart, partFingerprint } from "@insightgraph/editing/architectures";
import { measurePerceptually, stLpipsFacts } from "@insightgraph/editing/metrics";
import { defineNode, inputError } from "@insightgraph/engine/node";
import { blameParam, checkpointParam } from "../model/checkpoint-param.ts";
import {
  comparedOf,
  comparedPictures,
  regionParam,
  reportEmptyRegion,
  scorePort,
} from "./compared-pictures.ts";

/** Source: Shift-tolerant Perceptual Similarity Metric (arXiv:2207.13686). */
export const metricStLpips = defineNode({
  type: "metric.st-lpips",
  version: 1,
  title: "ST-LPIPS",
  doc: "Shift-tolerant perceptual distance, by an AlexNet trained on what people find alike; its scores are not LPIPS scores.",
  inputs: comparedPictures,
  params: { region: regionParam, checkpoint: checkpointParam("st-lpips") },
  outputs: { score: scorePort(stLpipsFacts) },
  fingerprint: ({ checkpoint }) =>
    blameParam("checkpoint", () => partFingerprint(checkpoint, "perceptualDistance")),
  async run(inputs, { region, checkpoint }, context) {
    const distance = await blameParam("checkpoint", () =>
      openPart(checkpoint, "perceptualDistance"),
    );
    if (distance.name !== stLpipsFacts.name) {
      throw inputError(`"${checkpoint}" is ${distance.name}, not ST-LPIPS.`, {
        param: "checkpoint",
        hint: "Name an ST-LPIPS checkpoint, such as st-lpips.",
      });
    }
    const score = await measurePerceptually(context, distance, comparedOf(inputs, region));
    return { score: reportEmptyRegion(score, context) };
  },
});
