import { openPart, partFingerprint } from "@insightgraph/editing/architectures";
import { defineNode } from "@insightgraph/engine/node";
import { unet } from "../port-types/model-unet.ts";
import { blameParam, checkpointParam } from "./checkpoint-param.ts";
import { weightsParam, withWeights } from "./weights-param.ts";

export const modelUnet = defineNode({
  type: "model.unet",
  version: 1,
  title: "UNet",
  doc: "Loads the denoising network of a checkpoint.",
  inputs: {},
  params: { checkpoint: checkpointParam("instruct-pix2pix"), weights: weightsParam },
  outputs: { model: unet("Denoising network.") },
  fingerprint: ({ checkpoint }) =>
    blameParam("checkpoint", () => partFingerprint(checkpoint, "denoiser")),
  async run(_, { checkpoint, weights }) {
    const model = await blameParam("checkpoint", () => openPart(checkpoint, "denoiser"));
    return { model: withWeights(model, weights) };
  },
});
