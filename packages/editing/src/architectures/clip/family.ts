import { EditingError } from "../../errors.ts";
import type { ModelFamily } from "../family.ts";
import { openClipImages } from "./image-embedder.ts";
import { openClipTexts } from "./text-embedder.ts";

const withImages = ["CLIPModel", "CLIPVisionModelWithProjection"];
const withTexts = ["CLIPModel", "CLIPTextModelWithProjection"];

/** CLIP as transformers saves it, whole or one half. Source: CLIP (arXiv:2103.00020). */
export const clip: ModelFamily = {
  name: "CLIP",
  parts: {
    imageEmbedder: {
      component: "model",
      companions: ["feature_extractor"],
      reads: ({ className = "" }) => withImages.includes(className),
      open: (component, { feature_extractor: processor }) => openClipImages(component, processor),
    },
    textEmbedder: {
      component: "model",
      companions: ["tokenizer"],
      reads: ({ className = "" }) => withTexts.includes(className),
      open(component, { tokenizer }) {
        if (tokenizer !== undefined) return openClipTexts(component, tokenizer);
        throw new EditingError("checkpoint.part", "its text half has no tokenizer.", {
          at: component.folder,
          hint: "Add the checkpoint again with its tokenizer's files.",
        });
      },
    },
  },
};
