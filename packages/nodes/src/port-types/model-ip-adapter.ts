import type { ImagePrompt } from "@insightgraph/editing/architectures";
import { definePort } from "@insightgraph/engine/node";
import { modelLook } from "./model-look.ts";

/** An image encoder and projection that give tokens for the image half of cross-attention. */
export const ipAdapter = definePort<ImagePrompt>("model.ip-adapter", modelLook);
