import type { ModelFamily } from "../family.ts";
import { openGroundingDino } from "./detector.ts";

const classes = ["GroundingDinoForObjectDetection", "MMGroundingDinoForObjectDetection"];

/** Detectors of whatever words name, as ONNX exports. Source: Grounding DINO (arXiv:2303.05499). */
export const groundingDino: ModelFamily = {
  name: "Grounding DINO",
  parts: {
    detector: {
      component: "model",
      companions: ["tokenizer", "feature_extractor"],
      reads: ({ className = "" }) => classes.includes(className),
      open: (component, { tokenizer, feature_extractor: processor }) =>
        openGroundingDino(component, tokenizer, processor),
    },
  },
};
