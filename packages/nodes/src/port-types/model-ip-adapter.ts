import type { ImagePrompt } from "@insightgraph/editing/architectures";
import { definePort } from "@insightgraph/engine/node";
import { modelLook } from "./model-look.ts";

/** What turns a picture into tokens for the image half of cross-attentions. */
export const ipAdapter = definePort<ImagePrompt>("model.ip-adapter", modelLook);
