import type { CheckpointComponent } from "../../checkpoints/component.ts";
import { chatOf } from "../chat-of.ts";
import type { Companions, ModelFamily } from "../family.ts";
import { qwenLanguageModel } from "./language-model.ts";
import { openQwen } from "./qwen.ts";

const reads = ({ config }: CheckpointComponent): boolean =>
  config["model_type"] === "qwen3_vl" || config["model_type"] === "qwen3";

const open = async (component: CheckpointComponent, companions: Companions) =>
  qwenLanguageModel(await openQwen(component, companions));

const inModel = { component: "model", companions: ["tokenizer", "feature_extractor"], reads };

/** Qwen3-VL and Qwen3 in a repository of their own. Source: Qwen3-VL (arXiv:2511.21631). */
export const qwen: ModelFamily = {
  name: "Qwen3-VL",
  parts: {
    languageModel: { ...inModel, open },
    visualChat: { ...inModel, open: async (...parts) => chatOf(await open(...parts)) },
  },
};

/** The same as the text encoder of a diffusion model, as in DreamLite and FLUX.2 [klein]. */
export const qwenEncoder: ModelFamily = {
  name: "Qwen3-VL as a text encoder",
  parts: {
    languageModel: {
      component: "text_encoder",
      companions: ["tokenizer", "processor"],
      reads,
      open,
    },
  },
};
