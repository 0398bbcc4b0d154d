import type { ModelFamily } from "../family.ts";
import { openStLpips } from "./distance.ts";

/** Shift-tolerant LPIPS. Source: Shift-tolerant Perceptual Similarity Metric (arXiv:2207.13686). */
export const shiftTolerantLpips: ModelFamily = {
  name: "ST-LPIPS",
  parts: {
    perceptualDistance: {
      component: "model",
      reads: ({ className }) => className === "ShiftTolerantLPIPS",
      open: openStLpips,
    },
  },
};
