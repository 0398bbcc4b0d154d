import type { ModelFamily } from "../family.ts";
import { isNanodet, openNanodet } from "./detector.ts";

/** Small object detectors without anchors. Source: NanoDet (RangiLyu/nanodet). */
export const nanodetFamily: ModelFamily = {
  name: "NanoDet",
  parts: {
    detector: { component: "detector", reads: isNanodet, open: openNanodet },
  },
};
