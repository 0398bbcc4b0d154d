import type { CheckpointComponent } from "../../checkpoints/component.ts";
import { EditingError } from "../../errors.ts";
import type { ModelFamily } from "../family.ts";
import { openVae } from "./autoencoder.ts";
import { openUnet } from "./open-unet.ts";
import { openClipText } from "./text-encoder.ts";

/** Matches a class and its variants, and components of original checkpoints, which name no class. */
const isOf =
  (name: string) =>
  ({ className = name }: CheckpointComponent): boolean =>
    className.startsWith(name);

/** Stable Diffusion and models fine-tuned from it, in diffusers' or the original layout. */
export const stableDiffusion: ModelFamily = {
  name: "Stable Diffusion",
  parts: {
    denoiser: {
      component: "unet",
      companions: ["scheduler"],
      reads: isOf("UNet2DConditionModel"),
      open: (component, { scheduler }) => openUnet(component, scheduler),
    },
    autoencoder: { component: "vae", reads: isOf("AutoencoderKL"), open: openVae },
    textEncoder: {
      component: "text_encoder",
      companions: ["tokenizer"],
      reads: isOf("CLIPTextModel"),
      open(component, { tokenizer }) {
        if (tokenizer !== undefined) return openClipText(component, tokenizer);
        throw new EditingError("checkpoint.part", "its text encoder has no tokenizer.", {
          at: component.folder,
          hint: "Add the checkpoint again with its tokenizer folder.",
        });
      },
    },
  },
};
