import type { ModelFamily } from "../family.ts";
import { openDinov2 } from "./image-embedder.ts";

/** DINOv2 as transformers saves it. Source: DINOv2 (arXiv:2304.07193). */
export const dinov2Family: ModelFamily = {
  name: "DINOv2",
  parts: {
    imageEmbedder: {
      component: "model",
      companions: ["feature_extractor"],
      reads: ({ className }) => className === "Dinov2Model",
      open: (component, { feature_extractor: processor }) => openDinov2(component, processor),
    },
  },
};
