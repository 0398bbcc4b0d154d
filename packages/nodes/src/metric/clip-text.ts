import { clipTextFacts } from "@insightgraph/editing/metrics";
import { defineNode } from "@insightgraph/engine/node";
import { addedModelParam, clipImages } from "./added-model.ts";
import { clipFingerprint, openClip } from "./clip-halves.ts";
import { scorePort } from "./compared-pictures.ts";
import { cosineWithText, describedPicture } from "./described-picture.ts";

/** Source: MagicBrush (arXiv:2306.10012), section 4. */
export const metricClipText = defineNode({
  type: "metric.clip-text",
  version: 1,
  title: "CLIP-T",
  doc: "As CLIPScore, but the plain cosine; MagicBrush and EMU Edit report it. Without a CLIP there is no score.",
  inputs: describedPicture,
  params: { checkpoint: addedModelParam(clipImages) },
  outputs: { score: scorePort(clipTextFacts) },
  fingerprint: ({ checkpoint }) => clipFingerprint(checkpoint),
  async run(inputs, { checkpoint }, context) {
    const clip = await openClip(checkpoint, context);
    if (clip === undefined) return { score: Number.NaN };
    return { score: await cosineWithText(clip, inputs, context) };
  },
});
