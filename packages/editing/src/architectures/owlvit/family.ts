import type { ModelFamily } from "../family.ts";
import { openOwlVit } from "./detector.ts";

const classes = ["OwlViTForObjectDetection", "Owlv2ForObjectDetection"];

/** Detectors of whatever words name, as ONNX exports. Source: OWL-ViT (arXiv:2205.06230), OWLv2 (arXiv:2306.09683). */
export const owlVit: ModelFamily = {
  name: "OWL-ViT",
  parts: {
    detector: {
      component: "model",
      companions: ["tokenizer", "feature_extractor"],
      reads: ({ className = "" }) => classes.includes(className),
      open: (component, { tokenizer, feature_extractor: processor }) =>
        openOwlVit(component, tokenizer, processor),
    },
  },
};
