import type { Bridges } from "@insightgraph/editing/architectures";
import { definePort } from "@insightgraph/engine/node";
import { modelLook } from "./model-look.ts";

/** Bridging networks between a comprehender and a denoiser. */
export const bridges = definePort<Bridges>("model.bridges", modelLook);
