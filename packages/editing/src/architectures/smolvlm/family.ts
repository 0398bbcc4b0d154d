import type { ModelFamily } from "../family.ts";
import { openSmolVlm } from "./visual-chat.ts";

const classes = ["Idefics3ForConditionalGeneration", "SmolVLMForConditionalGeneration"];

/** Small models that read pictures and write text, as ONNX exports. Source: SmolVLM (arXiv:2504.05299). */
export const smolVlm: ModelFamily = {
  name: "SmolVLM",
  parts: {
    visualChat: {
      component: "model",
      companions: ["tokenizer", "feature_extractor"],
      reads: ({ className = "" }) => classes.includes(className),
      open: (component, { tokenizer, feature_extractor: processor }) =>
        openSmolVlm(component, tokenizer, processor),
    },
  },
};
