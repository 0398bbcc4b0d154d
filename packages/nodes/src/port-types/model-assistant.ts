import type { Assistant } from "@insightgraph/editing/assistants";
import { definePort } from "@insightgraph/engine/node";
import { modelLook } from "./model-look.ts";

/** Captions, names, rewords and judges; each assistant can do some of it. */
export const assistant = definePort<Assistant>("model.assistant", modelLook);
