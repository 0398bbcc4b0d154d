import type { ModelFamily } from "../family.ts";
import { openLpips } from "./distance.ts";

/** LPIPS with its three networks. Source: LPIPS (arXiv:1801.03924). */
export const learnedDistance: ModelFamily = {
  name: "LPIPS",
  parts: {
    perceptualDistance: {
      component: "model",
      reads: ({ className }) => className === "LPIPS",
      open: openLpips,
    },
  },
};
