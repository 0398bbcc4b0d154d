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
  doc: "Adds a LoRA to a UNet and to its text encoder. Its strength can be changed at any time, at no cost.",
  inputs: {
    model: unet("Network to add to."),
    clipText: clipText.optional("Text encoder to add to."),
  },
  params: {
    lora: param.text({
      default: "",
      doc: "Name of an added LoRA, or dir: and the absolute path of the folder with its file.",
    }),
    strength: param.number({
      default: 1,
      min: -2,
      max: 2,
      step: 0.05,
      doc: "1 as trained, 0 without it.",
    }),
  },
  outputs: {
    model: unet("Network with the LoRA."),
    clipText: clipText.optional("Text encoder with the LoRA, where one came in."),
  },
  fingerprint: ({ lora }) =>
    blameParam("lora", async () => (await findComponent(lora, "lora")).digest),
  async run({ model, clipText: textEncoder }, { lora, strength }, { log: warn }) {
    const denoiser = model.lora;
    if (denoiser === undefined) {
      throw inputError("this network takes no LoRA.", {
        input: "model",
        hint: "Connect a UNet of Stable Diffusion's family, as model.unet gives it.",
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
