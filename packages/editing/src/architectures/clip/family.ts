import type { ModelFamily } from "../family.ts";
import { openClipImages } from "./image-embedder.ts";

const classNames = ["CLIPModel", "CLIPVisionModelWithProjection"];

/** CLIP as transformers saves it, whole or its vision half. Source: CLIP (arXiv:2103.00020). */
export const clip: ModelFamily = {
  name: "CLIP",
  parts: {
    imageEmbedder: {
      component: "model",
      companions: ["feature_extractor"],
      reads: ({ className = "" }) => classNames.includes(className),
      open: (component, { feature_extractor: processor }) => openClipImages(component, processor),
    },
  },
};
