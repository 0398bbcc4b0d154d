import type { CheckpointComponent } from "../../checkpoints/component.ts";
import { EditingError } from "../../errors.ts";
import type { ModelFamily } from "../family.ts";
import { openVae } from "./autoencoder.ts";
import { openUnet } from "./open-unet.ts";
import { openClipText } from "./text-encoder.ts";

/** A component of one of a class's variants, or of an original checkpoint, which names no class. */
const isOf =
  (name: string) =>
  ({ className = name }: CheckpointComponent): boolean =>
    className.startsWith(name);

/** Stable Diffusion and what was fine-tuned from it, in diffusers' layout or the original one. */
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
        throw new EditingError("checkpoint.part", "its text encoder comes without a tokenizer.", {
          at: component.folder,
          hint: "Add the checkpoint again with its tokenizer folder.",
        });
      },
    },
  },
};
