import { addLora } from "@insightgraph/editing/architectures";
import { findComponent } from "@insightgraph/editing/checkpoints";
import { defineNode, inputError, param } from "@insightgraph/engine/node";
import { clipText } from "../port-types/model-clip-text.ts";
import { unet } from "../port-types/model-unet.ts";
import { blameParam } from "./checkpoint-param.ts";

/** Source: LoRA (arXiv:2106.09685). */
export const modelLora = defineNode({
  type: "model.lora",
  version: 1,
  title: "LoRA",
  doc: "Adds a LoRA to a UNet and its text encoder. Changing the strength loads nothing again.",
  inputs: {
    model: unet("UNet to adapt."),
    clipText: clipText.optional("Text encoder to adapt."),
  },
  params: {
    lora: param.text({
      default: "",
      folderPrefix: "dir:",
      doc: "Name of an added LoRA, or dir: and the absolute path of a folder that holds its file.",
    }),
    strength: param.number({
      default: 1,
      min: -2,
      max: 2,
      step: 0.05,
      doc: "Weight of the LoRA. 1 is as trained, 0 turns it off.",
    }),
  },
  outputs: {
    model: unet("UNet with the LoRA."),
    clipText: clipText.optional("Text encoder with the LoRA, if one is connected."),
  },
  fingerprint: ({ lora }) =>
    blameParam("lora", async () => (await findComponent(lora, "lora")).digest),
  async run({ model, clipText: textEncoder }, { lora, strength }, { log: warn }) {
    const denoiser = model.lora;
    if (denoiser === undefined) {
      throw inputError("this network does not support LoRA", {
        input: "model",
        hint: "Connect a UNet of the Stable Diffusion family, such as one from model.unet.",
      });
    }
    return blameParam("lora", async () => {
      const component = await findComponent(lora, "lora");
      const parts = { denoiser, textEncoder: textEncoder?.lora };
      const added = addLora(component, parts, { strength, warn });
      return { model: added.denoiser, clipText: added.textEncoder ?? textEncoder };
    });
  },
});
