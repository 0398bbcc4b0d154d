import { openPart, partFingerprint } from "@insightgraph/editing/architectures";
import { defineNode } from "@insightgraph/engine/node";
import { vae } from "../port-types/model-vae.ts";
import { blameParam, checkpointParam } from "./checkpoint-param.ts";

export const modelVae = defineNode({
  type: "model.vae",
  version: 1,
  title: "Autoencoder",
  doc: "Loads the autoencoder of a checkpoint.",
  inputs: {},
  params: { checkpoint: checkpointParam("instruct-pix2pix") },
  outputs: { model: vae("Autoencoder between pixels and latents.") },
  fingerprint: ({ checkpoint }) =>
    blameParam("checkpoint", () => partFingerprint(checkpoint, "autoencoder")),
  run: async (_, { checkpoint }) => ({
    model: await blameParam("checkpoint", () => openPart(checkpoint, "autoencoder")),
  }),
});
