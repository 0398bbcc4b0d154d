import type { ModelFamily } from "../family.ts";
import { openSam } from "./segmenter.ts";

const classes = ["SamModel", "Sam2Model", "Sam2VideoModel"];

/** Outlines of whatever a box holds, as ONNX exports. Source: Segment Anything (arXiv:2304.02643). */
export const segmentAnything: ModelFamily = {
  name: "Segment Anything",
  parts: {
    segmenter: {
      component: "model",
      companions: ["feature_extractor"],
      reads: ({ className = "" }) => classes.includes(className),
      open: (component, { feature_extractor: processor }) => openSam(component, processor),
    },
  },
};
