import type { Bridges } from "@insightgraph/editing/architectures";
import { definePort } from "@insightgraph/engine/node";
import { modelLook } from "./model-look.ts";

/** Bridging networks that map a comprehender's states to a denoiser's conditions. */
export const bridges = definePort<Bridges>("model.bridges", modelLook);
