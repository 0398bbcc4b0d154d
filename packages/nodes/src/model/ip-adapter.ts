import { openIpAdapter } from "@insightgraph/editing/architectures";
import { findComponent, findOptional } from "@insightgraph/editing/checkpoints";
import { defineNode, inputError, param } from "@insightgraph/engine/node";
import { ipAdapter } from "../port-types/model-ip-adapter.ts";
import { unet } from "../port-types/model-unet.ts";
import { blameParam } from "./checkpoint-param.ts";

/** Source: IP-Adapter (arXiv:2308.06721). */
export const modelIpAdapter = defineNode({
  type: "model.ip-adapter",
  version: 1,
  title: "IP-Adapter",
  doc: "Adds an IP-Adapter to a UNet: an image half for every cross-attention, and the encoder for its image tokens.",
  inputs: { model: unet("UNet to extend.") },
  params: {
    adapter: param.text({
      default: "ip-adapter",
      folderPrefix: "dir:",
      doc: "Name of an added IP-Adapter, or dir: and the absolute path of a folder that holds its file.",
    }),
    imageEncoder: param.text({
      default: "ip-adapter-image-encoder",
      folderPrefix: "dir:",
      doc: "Name of the CLIP checkpoint that it was trained with, or dir: and the absolute path of its folder.",
    }),
  },
  outputs: {
    model: unet("UNet with the IP-Adapter."),
    adapter: ipAdapter("Image encoder and projection."),
  },
  async fingerprint({ adapter, imageEncoder }) {
    const own = await blameParam("adapter", () => findComponent(adapter, "ip_adapter"));
    const { encoder, processor } = await encoderParts(imageEncoder);
    return [own.digest, encoder.digest, processor?.digest ?? ""].join(" ");
  },
  async run({ model }, { adapter, imageEncoder }) {
    const { imagePrompt } = model;
    if (imagePrompt === undefined) {
      throw inputError("this network does not support IP-Adapters", {
        input: "model",
        hint: "Connect a UNet of the Stable Diffusion family, such as one from model.unet.",
      });
    }
    const parts = await encoderParts(imageEncoder);
    return blameParam("adapter", async () => {
      const files = { adapter: await findComponent(adapter, "ip_adapter"), ...parts };
      const { denoiser, prompt } = openIpAdapter(files, imagePrompt);
      return { model: denoiser, adapter: prompt };
    });
  },
});

function encoderParts(imageEncoder: string) {
  return blameParam("imageEncoder", async () => ({
    encoder: await findComponent(imageEncoder, "model"),
    processor: await findOptional(imageEncoder, "feature_extractor"),
  }));
}
