import { defineNode } from "@insightgraph/engine/node";
import { findComponent } from "../checkpoints/find-component.ts";
import { unet } from "../model-port-types.ts";
import { checkpointParam, opened } from "./checkpoint-param.ts";
import { openUnet } from "./diffusers-parts.ts";
import { findOptional, fingerprintOf } from "./fingerprint.ts";

export const unetModel = defineNode({
  type: "model.unet",
  version: 1,
  title: "UNet",
  doc: "The denoising network of a checkpoint of Stable Diffusion's family.",
  inputs: {},
  params: { checkpoint: checkpointParam("instruct-pix2pix") },
  outputs: { model: unet("Denoising network.") },
  fingerprint: ({ checkpoint }) => fingerprintOf(checkpoint, "unet", "scheduler"),
  async run(_, { checkpoint }) {
    const component = await findComponent(checkpoint, "unet");
    const scheduler = await findOptional(checkpoint, "scheduler");
    return { model: await opened(() => openUnet(component, scheduler)) };
  },
});
