import type { Denoiser } from "@insightgraph/editing/architectures";
import { definePort } from "@insightgraph/engine/node";
import { modelLook } from "./model-look.ts";

/** A denoising network. */
export const unet = definePort<Denoiser>("model.unet", modelLook);
