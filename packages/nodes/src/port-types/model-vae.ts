import type { Autoencoder } from "@insightgraph/editing/architectures";
import { definePort } from "@insightgraph/engine/node";
import { modelLook } from "./model-look.ts";

/** An autoencoder between pixels and latents. */
export const vae = definePort<Autoencoder>("model.vae", modelLook);
