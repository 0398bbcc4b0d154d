import { clipScoreFacts, toClipScore } from "@insightgraph/editing/metrics";
import { defineNode } from "@insightgraph/engine/node";
import { addedModelParam, clipImages } from "./added-model.ts";
import { clipFingerprint, openClip } from "./clip-halves.ts";
import { scorePort } from "./compared-pictures.ts";
import { cosineWithText, describedPicture } from "./described-picture.ts";

/** Source: CLIPScore (arXiv:2104.08718). */
export const metricClipScore = defineNode({
  type: "metric.clip-score",
  version: 1,
  title: "CLIPScore",
  doc: "How well a picture shows what a text says, as a CLIP sees it. Without a CLIP there is no score.",
  inputs: describedPicture,
  params: { checkpoint: addedModelParam(clipImages) },
  outputs: { score: scorePort(clipScoreFacts) },
  fingerprint: ({ checkpoint }) => clipFingerprint(checkpoint),
  async run(inputs, { checkpoint }, context) {
    const clip = await openClip(checkpoint, context);
    if (clip === undefined) return { score: Number.NaN };
    return { score: toClipScore(await cosineWithText(clip, inputs, context)) };
  },
});
