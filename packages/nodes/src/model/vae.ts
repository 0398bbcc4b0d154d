import { defineNode } from "@insightgraph/engine/node";
import { findComponent } from "../checkpoints/find-component.ts";
import { vae } from "../model-port-types.ts";
import { checkpointParam, opened } from "./checkpoint-param.ts";
import { openVae } from "./diffusers-parts.ts";
import { fingerprintOf } from "./fingerprint.ts";

export const vaeModel = defineNode({
  type: "model.vae",
  version: 1,
  title: "Autoencoder",
  doc: "A checkpoint's autoencoder between pixels and latents.",
  inputs: {},
  params: { checkpoint: checkpointParam("instruct-pix2pix") },
  outputs: { model: vae("Autoencoder between pixels and latents.") },
  fingerprint: ({ checkpoint }) => fingerprintOf(checkpoint, "vae"),
  async run(_, { checkpoint }) {
    const component = await findComponent(checkpoint, "vae");
    return { model: await opened(() => openVae(component)) };
  },
});
