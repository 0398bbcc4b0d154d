import type { ModelFamily } from "../family.ts";
import { openDino } from "./image-embedder.ts";

/** DINO as transformers saves it: a plain vision transformer. Source: DINO (arXiv:2104.14294). */
export const dinoFamily: ModelFamily = {
  name: "DINO",
  parts: {
    imageEmbedder: {
      component: "model",
      companions: ["feature_extractor"],
      reads: ({ className }) => className === "ViTModel",
      open: (component, { feature_extractor: processor }) => openDino(component, processor),
    },
  },
};
