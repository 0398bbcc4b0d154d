import type { Segmenter } from "@insightgraph/editing/architectures";
import { definePort } from "@insightgraph/engine/node";
import { modelLook } from "./model-look.ts";

/** Finds the outline of the object in a box. */
export const segmenter = definePort<Segmenter>("model.segmenter", modelLook);
