import { defineNode, inputError, param } from "@insightgraph/engine/node";
import { findComponent } from "../checkpoints/find-component.ts";
import { ipAdapter, unet } from "../model-port-types.ts";
import { opened } from "./checkpoint-param.ts";
import { findOptional, fingerprintOf } from "./fingerprint.ts";
import { openIpAdapter } from "./ip-adapter-part.ts";

/** Source: IP-Adapter (arXiv:2308.06721). */
export const ipAdapterModel = defineNode({
  type: "model.ip-adapter",
  version: 1,
  title: "IP-Adapter",
  doc: "Gives a UNet an image half of its cross-attentions, and what makes their tokens from a picture.",
  inputs: { model: unet("UNet to add to.") },
  params: {
    adapter: param.text({
      default: "ip-adapter",
      doc: "Name of an IP-Adapter that was added, or dir: and the path of the folder with its file.",
    }),
    imageEncoder: param.text({
      default: "ip-adapter-image-encoder",
      doc: "Name of the checkpoint of the CLIP that it was trained with, or dir: and its folder.",
    }),
  },
  outputs: {
    model: unet("UNet with both halves."),
    adapter: ipAdapter("Image encoder and projection."),
  },
  async fingerprint({ adapter, imageEncoder }) {
    const own = await fingerprintOf(adapter, "ip_adapter");
    return `${own} ${await fingerprintOf(imageEncoder, "model", "feature_extractor")}`;
  },
  async run({ model }, { adapter, imageEncoder }) {
    if (model.kind !== "diffusers") {
      throw inputError("this network has an image half of its own.", {
        input: "model",
        hint: "Connect a UNet of Stable Diffusion's family, as model.unet gives it.",
      });
    }
    const files = {
      adapter: await findComponent(adapter, "ip_adapter"),
      encoder: await findComponent(imageEncoder, "model"),
      processor: await findOptional(imageEncoder, "feature_extractor"),
    };
    const found = await opened(() => openIpAdapter(files, model), "adapter");
    return { model: found.unet, adapter: found.adapter };
  },
});
