import type { TextEncoder } from "@insightgraph/editing/architectures";
import { definePort } from "@insightgraph/engine/node";
import { modelLook } from "./model-look.ts";

/** A text encoder with its tokenizer. */
export const clipText = definePort<TextEncoder>("model.clip-text", modelLook);
