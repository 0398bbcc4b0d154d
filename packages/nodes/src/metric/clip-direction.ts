import { clipDirectionFacts, measureDirection } from "@insightgraph/editing/metrics";
import { defineNode } from "@insightgraph/engine/node";
import { image } from "../port-types/image.ts";
import { text } from "../port-types/text.ts";
import { addedModelParam, clipImages } from "./added-model.ts";
import { clipFingerprint, openClip } from "./clip-halves.ts";
import { reportHole, scorePort } from "./compared-pictures.ts";

/** Source: StyleGAN-NADA (arXiv:2108.00946), eq. 1; InstructPix2Pix (arXiv:2211.09800), section 4.2. */
export const metricClipDirection = defineNode({
  type: "metric.clip-direction",
  version: 1,
  title: "CLIP direction",
  doc: "Whether a picture changed as its caption did, as a CLIP sees it. Without a CLIP there is no score.",
  inputs: {
    image: image("Picture to score: the edited one."),
    source: image("Picture before the edit; its size may differ."),
    before: text("Caption of the picture before the edit."),
    after: text("Caption of the picture that the edit should give."),
  },
  params: { checkpoint: addedModelParam(clipImages) },
  outputs: { score: scorePort(clipDirectionFacts) },
  fingerprint: ({ checkpoint }) => clipFingerprint(checkpoint),
  async run({ image: edited, ...edit }, { checkpoint }, context) {
    const clip = await openClip(checkpoint, context);
    if (clip === undefined) return { score: Number.NaN };
    const score = await measureDirection(context, clip, { ...edit, edited }, context.log);
    return { score: reportHole(score, "picture or caption did not change", context) };
  },
});
