import type { LanguageModel } from "@insightgraph/editing/architectures";
import { definePort } from "@insightgraph/engine/node";
import { modelLook } from "./model-look.ts";

/** A network that reads texts, mostly pictures too, and answers. */
export const languageModel = definePort<LanguageModel>("model.language", modelLook);
