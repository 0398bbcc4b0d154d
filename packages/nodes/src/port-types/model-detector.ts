import type { Detector } from "@insightgraph/editing/architectures";
import { definePort } from "@insightgraph/engine/node";
import { modelLook } from "./model-look.ts";

/** Finds objects of known kinds in a picture. */
export const detector = definePort<Detector>("model.detector", modelLook);
