import type { ModelFamily } from "../family.ts";
import { openTinyAutoencoder } from "./autoencoder.ts";
import { openDreamlite } from "./denoiser.ts";

/** A small editor: a U-Net that reads the states of a Qwen3-VL, and a tiny autoencoder. Source: DreamLite (2026). */
export const dreamlite: ModelFamily = {
  name: "DreamLite",
  parts: {
    denoiser: {
      component: "unet",
      companions: ["scheduler", "vae"],
      reads: ({ className }) => className === "DreamLiteUNetModel",
      open: openDreamlite,
    },
    autoencoder: {
      component: "vae",
      reads: ({ className }) => className === "AutoencoderTiny",
      open: openTinyAutoencoder,
    },
  },
};
