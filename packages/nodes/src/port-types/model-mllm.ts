import type { Comprehender } from "@insightgraph/editing/architectures";
import { definePort } from "@insightgraph/engine/node";
import { modelLook } from "./model-look.ts";

/** A multimodal language model that reads picture and instruction. */
export const mllm = definePort<Comprehender>("model.mllm", modelLook);
